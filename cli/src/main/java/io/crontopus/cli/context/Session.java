package io.crontopus.cli.context;

import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.http.TokenSource;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides which server a command talks to, and as whom.
 *
 * <p>Server: {@code --server}, {@code CRONTOPUS_SERVER}, the last login. Credential: {@code
 * --token-file}, {@code CRONTOPUS_TOKEN}, the login stored for exactly that server: a stored token
 * is never sent anywhere else.
 *
 * @param server what the user named; empty for none
 * @param token what the user gave in a file; empty for none
 * @param caFile the certificates that the user named; empty for none
 */
public record Session(
    Surroundings surroundings,
    Optional<String> server,
    Optional<String> token,
    Optional<Path> caFile,
    Duration timeout) {
  private static final String TOKEN_VARIABLE = "CRONTOPUS_TOKEN";
  private static final String CA_VARIABLE = "CRONTOPUS_CA_FILE";
  private static final String SERVER_VARIABLE = "CRONTOPUS_SERVER";

  /** The server to talk to, if one is named or known. */
  public Optional<ServerUrl> knownServer() {
    return server
        .or(() -> surroundings.variable(SERVER_VARIABLE))
        .map(ServerUrl::parse)
        .or(() -> CredentialsFile.of(surroundings).read().current().map(Login::server));
  }

  public ServerUrl requiredServer() {
    return knownServer()
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.NOT_AUTHORISED,
                    "You are not logged in.",
                    "Log in with: crontopus auth login --server URL",
                    "or set " + SERVER_VARIABLE + " and " + TOKEN_VARIABLE + "."));
  }

  /** The API, with the credential that applies. */
  public ApiClient api() {
    ServerUrl target = requiredServer();
    return new ApiClient(target, credential(target), timeout, trusted(target));
  }

  /** The API with this token. */
  public ApiClient apiWith(ServerUrl target, String token) {
    return new ApiClient(target, TokenSource.of(token), timeout, trusted(target));
  }

  /** The API without any credential. */
  public ApiClient anonymousApi(ServerUrl target) {
    return new ApiClient(target, TokenSource.NONE, timeout, trusted(target));
  }

  /** Which certificates count there: those named, {@code CRONTOPUS_CA_FILE}, the login's. */
  Optional<Path> trusted(ServerUrl target) {
    if (!target.isEncrypted()) {
      return Optional.empty();
    }
    return caFile
        .or(() -> surroundings.variable(CA_VARIABLE).map(surroundings::file))
        .or(() -> CredentialsFile.of(surroundings).read().at(target).flatMap(Login::caFile));
  }

  /** The same, with these certificates unless the user named others. */
  public Session trusting(Optional<Path> certificates) {
    return new Session(surroundings, server, token, caFile.or(() -> certificates), timeout);
  }

  private TokenSource credential(ServerUrl target) {
    return token
        .or(() -> surroundings.variable(TOKEN_VARIABLE).map(String::strip))
        .map(TokenSource::of)
        .orElseGet(() -> stored(target));
  }

  private TokenSource stored(ServerUrl target) {
    CredentialsFile file = CredentialsFile.of(surroundings);
    Login login =
        file.read()
            .at(target)
            .orElseThrow(
                () ->
                    new Failure(
                        ExitCode.NOT_AUTHORISED,
                        "You are not logged in at " + target + ".",
                        "Log in with: crontopus auth login --server " + target));
    return new StoredToken(file, login, surroundings.clock(), timeout, trusted(target));
  }
}
