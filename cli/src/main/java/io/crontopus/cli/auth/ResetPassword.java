package io.crontopus.cli.auth;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.command.ConnectionOptions;
import io.crontopus.cli.context.Session;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus auth reset-password}. */
@Command(
    name = "reset-password",
    description = {
      "Choose a new password without knowing the one before.",
      "First ask for a letter with --e-mail; then, without it, give the letter's code and a new password."
    },
    footer = {
      "  crontopus auth reset-password --server URL --e-mail bob@example.org",
      "  crontopus auth reset-password --server URL",
      "  crontopus auth reset-password --server URL --code code --password-stdin < password"
    })
public final class ResetPassword extends CliCommand {
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final Code code = new Code();

  @Option(
      names = "--e-mail",
      paramLabel = "ADDRESS",
      description = "Ask for a letter to the user with this address, and do nothing else.")
  private @Nullable String email;

  @Option(names = "--password-stdin", description = "Read the password from standard input.")
  private boolean isPasswordOnInput;

  public ResetPassword(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Session session = connection.session(surroundings());
    ServerUrl server =
        session
            .knownServer()
            .orElseThrow(() -> Failure.usage("Which server? Name it with --server URL."));
    new SignIn(session).warnIfOverheard(server);
    if (email != null) {
      ask(session, server, email);
      return ExitCode.OK;
    }
    String token = code.read(surroundings());
    String password = new Prompts(surroundings()).newPassword(server, isPasswordOnInput);
    try (ApiClient api = session.anonymousApi(server)) {
      api.postForNothing(
          "/auth/password-reset/confirm",
          Json.object().put("token", token).put("password", password));
    }
    surroundings().say("The password is set, and all sessions have ended.");
    return ExitCode.OK;
  }

  private void ask(Session session, ServerUrl server, String address) {
    try (ApiClient api = session.anonymousApi(server)) {
      api.postForNothing("/auth/password-reset", Json.object().put("email", address));
    }
    surroundings()
        .say(
            SafeText.line(
                "If somebody at "
                    + server
                    + " has the address "
                    + address
                    + ", a letter is on its way."));
  }
}
