package io.crontopus.cli.auth;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.command.ConnectionOptions;
import io.crontopus.cli.context.Session;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus auth change-password}. */
@Command(
    name = "change-password",
    description = {
      "Change your own password, and end all your other sessions. API tokens go on.",
      "Both passwords are asked for without showing them. Needs a login; an API token may not."
    },
    footer = {
      "  crontopus auth change-password",
      "  crontopus auth change-password --password-stdin < passwords     (two lines: the current one, the new one)"
    })
public final class ChangePassword extends CliCommand {
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--password-stdin",
      description = "Read the current password and the new one from standard input, one a line.")
  private boolean isPasswordOnInput;

  public ChangePassword(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Session session = connection.session(surroundings());
    ServerUrl server = session.requiredServer();
    try (ApiClient api = session.api()) {
      new SignIn(session).warnIfOverheard(server);
      var prompts = new Prompts(surroundings());
      String current = prompts.currentPassword(server, isPasswordOnInput);
      String chosen = prompts.newPassword(server, isPasswordOnInput);
      api.postForNothing(
          "/auth/password", Json.object().put("current", current).put("new", chosen));
    }
    surroundings().say("The password is changed, and all your other sessions have ended.");
    return ExitCode.OK;
  }
}
