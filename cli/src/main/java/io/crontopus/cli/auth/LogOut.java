package io.crontopus.cli.auth;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.command.ConnectionOptions;
import io.crontopus.cli.context.Login;
import io.crontopus.cli.context.LoginStore;
import io.crontopus.cli.context.Session;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus auth logout}. */
@Command(
    name = "logout",
    description = {
      "Forget a login, and end it at the server.",
      "An API token is only forgotten here; crontopus tokens revoke ends it."
    },
    footer = {"  crontopus auth logout", "  crontopus auth logout --server URL"})
public final class LogOut extends CliCommand {
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  public LogOut(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Session session = connection.session(surroundings());
    var store = new LoginStore(surroundings());
    Optional<ServerUrl> server = session.knownServer();
    Optional<Login> login = server.flatMap(store::at);
    if (login.isEmpty()) {
      surroundings().say("You are not logged in" + server.map(at -> " at " + at).orElse("") + ".");
      return ExitCode.OK;
    }
    store.forget(login.get().server());
    end(login.get(), session);
    surroundings().say("Logged out at " + login.get().server() + ".");
    return ExitCode.OK;
  }

  private void end(Login login, Session session) {
    if (login.refreshToken().isEmpty()) {
      return;
    }
    try (ApiClient api = session.anonymousApi(login.server())) {
      api.postForNothing("/auth/logout", Json.object().put("refresh_token", login.refreshToken()));
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.UNREACHABLE) {
        surroundings().say("The server could not be told: " + failure.getMessage());
      }
    }
  }
}
