package io.crontopus.cli.auth;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.command.ConnectionOptions;
import io.crontopus.cli.context.Session;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus auth verify-email}. */
@Command(
    name = "verify-email",
    description = {
      "Confirm an e-mail address with the code of a letter that was sent to it.",
      "With --resend, have that letter sent once more; that needs a login."
    },
    footer = {
      "  crontopus auth verify-email --server URL",
      "  crontopus auth verify-email --code code",
      "  crontopus auth verify-email --resend"
    })
public final class VerifyEmail extends CliCommand {
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final Code code = new Code();

  @Option(names = "--resend", description = "Send the letter once more, and do nothing else.")
  private boolean isResent;

  public VerifyEmail(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Session session = connection.session(surroundings());
    if (isResent) {
      try (ApiClient api = session.api()) {
        api.postForNothing("/auth/verify-email/resend", Json.object());
      }
      surroundings().say("A letter is on its way to your address.");
      return ExitCode.OK;
    }
    ServerUrl server =
        session
            .knownServer()
            .orElseThrow(() -> Failure.usage("Which server? Name it with --server URL."));
    String token = code.read(surroundings());
    try (ApiClient api = session.anonymousApi(server)) {
      api.postForNothing("/auth/verify-email", Json.object().put("token", token));
    }
    surroundings().say("The address is confirmed.");
    return ExitCode.OK;
  }
}
