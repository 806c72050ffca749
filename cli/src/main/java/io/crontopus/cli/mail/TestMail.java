package io.crontopus.cli.mail;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code crontopus mail test}. */
@Command(
    name = "test",
    description = {
      "Send a letter, to see whether e-mail works.",
      "It is sent at once; what the mail server says against it is shown."
    },
    footer = "  crontopus mail test ops@example.org --token-file /var/lib/crontopus/operator-token")
public final class TestMail extends OnlineCommand {

  @Parameters(paramLabel = "E-MAIL", description = "The address to send it to.")
  private String address = "";

  public TestMail(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    api().postForNothing("/admin/mail/test", Json.object().put("to", address));
    surroundings().say(SafeText.line("The mail server took a letter to " + address + "."));
    return ExitCode.OK;
  }
}
