package io.crontopus.cli.context;

import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.shell.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Remembers and forgets logins. */
public final class LoginStore {
  private final CredentialsFile file;
  private final Surroundings surroundings;

  public LoginStore(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.file = CredentialsFile.of(surroundings);
  }

  /** Where logins are kept. */
  public Path path() {
    return file.path();
  }

  public Optional<Login> at(ServerUrl server) {
    return file.read().at(server);
  }

  /** All of them, the one that is used first. */
  public List<Login> all() {
    return file.read().all();
  }

  /** Uses this server from now on; false when nobody has logged in there. */
  public boolean use(ServerUrl server) {
    return file.change(logins -> logins.using(server)).at(server).isPresent();
  }

  /** Keeps what the platform answered to a login, and uses that server from now on. */
  public void keepSession(Session session, ServerUrl server, String username, JsonNode answer) {
    Login login =
        Login.fromAnswer(
            server, username, answer, "", trusted(session, server), surroundings.clock().instant());
    file.change(logins -> logins.withCurrent(login));
  }

  /** Keeps an API token, and uses that server from now on. */
  public void keepToken(Session session, ServerUrl server, String username, String token) {
    Login login =
        new Login(server, username, token, "", trusted(session, server), Optional.empty());
    file.change(logins -> logins.withCurrent(login));
  }

  /** Later commands run in other folders. */
  private static Optional<Path> trusted(Session session, ServerUrl server) {
    return session.trusted(server).map(Path::toAbsolutePath);
  }

  public void forget(ServerUrl server) {
    file.change(logins -> logins.without(server));
  }
}
