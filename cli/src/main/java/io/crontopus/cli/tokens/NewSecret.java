package io.crontopus.cli.tokens;

import io.crontopus.cli.output.OutputFormat;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.Surroundings;
import tools.jackson.databind.JsonNode;

/**
 * Shows a token or an invitation that was just made: the secret alone on standard output, the rest
 * beside it.
 */
public final class NewSecret {

  private NewSecret() {}

  /** Shows the answer to its making. */
  public static void show(
      String kind, JsonNode created, Printer printer, Surroundings surroundings) {
    Row token = new Row(created);
    printer.one(created, () -> printer.out().line(SafeText.line(token.text("token"))));
    if (printer.format() == OutputFormat.TABLE) {
      String end = token.time("expires_at").map(time -> ", expires " + time).orElse("");
      surroundings.say(
          SafeText.line(
              "Created "
                  + kind
                  + " "
                  + token.firstText("name", "email")
                  + " ("
                  + token.text("id")
                  + ")"
                  + end
                  + "."));
      surroundings.say("Keep it now: it is not shown again.");
    }
  }
}
