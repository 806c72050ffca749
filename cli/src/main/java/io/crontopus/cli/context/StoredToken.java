package io.crontopus.cli.context;

import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.TokenSource;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The token of a stored login, renewed and stored again when it runs out. */
final class StoredToken implements TokenSource {
  private final CredentialsFile file;
  private final Clock clock;
  private final Duration timeout;
  private final Optional<Path> caFile;
  private Login login;

  StoredToken(
      CredentialsFile file, Login login, Clock clock, Duration timeout, Optional<Path> caFile) {
    this.file = file;
    this.login = login;
    this.clock = clock;
    this.timeout = timeout;
    this.caFile = caFile;
  }

  @Override
  public Optional<String> token() {
    if (login.isExpired(clock.instant())) {
      renew();
    }
    return Optional.of(login.token());
  }

  @Override
  public boolean renew() {
    if (!login.canBeRenewed()) {
      return false;
    }
    Logins stored = file.change(this::renewed);
    login = stored.at(login.server()).orElseThrow(this::ended);
    return true;
  }

  /** Another command may have renewed the login while this one waited for the lock. */
  private Logins renewed(Logins stored) {
    Login latest = stored.at(login.server()).orElseThrow(this::ended);
    return latest.token().equals(login.token()) ? stored.withRenewed(refresh(latest)) : stored;
  }

  private Login refresh(Login old) {
    try (var api = new ApiClient(old.server(), TokenSource.NONE, timeout, caFile)) {
      JsonNode answer =
          api.post("/auth/refresh", Json.object().put("refresh_token", old.refreshToken()));
      return Login.fromAnswer(
          old.server(), old.username(), answer, old.refreshToken(), old.caFile(), clock.instant());
    } catch (Failure failure) {
      throw failure.exitCode() == ExitCode.NOT_AUTHORISED ? ended() : failure;
    }
  }

  private Failure ended() {
    return new Failure(
        ExitCode.NOT_AUTHORISED,
        "Your login at " + login.server() + " has ended.",
        "Log in again with: crontopus auth login --server " + login.server());
  }
}
