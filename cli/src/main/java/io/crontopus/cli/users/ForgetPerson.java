package io.crontopus.cli.users;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code crontopus users forget}. */
@Command(
    name = "forget",
    description = {
      "Forget somebody who is no user, as the author of commits: nobody can read their name and address",
      "in the event log any more. It cannot be undone. Users are forgotten when they are removed.",
      "What is in the Git repository itself stays there."
    },
    footer = {
      "  crontopus users forget former.colleague@example.org",
      "  crontopus users forget former.colleague@example.org --yes"
    })
public final class ForgetPerson extends OnlineCommand {
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Parameters(paramLabel = "EMAIL", description = "The person's e-mail address.")
  private String email = "";

  public ForgetPerson(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    confirmation.require("Forget " + email + " for good?", surroundings());
    api().postForNothing("/people/forget", Json.object().put("email", email));
    surroundings().say(SafeText.line("Forgot " + email + "."));
    return ExitCode.OK;
  }
}
