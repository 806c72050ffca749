package io.crontopus.cli.projections;

import io.crontopus.cli.command.Reason;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus projections dead-letters retry}. */
@Command(
    name = "retry",
    description = "Give the projection this event again, and those that wait behind it.",
    footer = "  crontopus projections dead-letters retry runs 17 --reason 'after the upgrade'")
public final class RetryDeadLetter extends LetterCommand {
  @Mixin private final Reason reason = new Reason();

  public RetryDeadLetter(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Row result = new Row(api().post(path() + "/retry" + reason.query(), Json.object()));
    if (result.has("cause")) {
      throw new Failure(
          ExitCode.FAILED,
          "%s taken, %s still parked: %s"
              .formatted(result.text("taken"), result.text("left"), result.text("cause")));
    }
    surroundings().say(SafeText.line(result.text("taken") + " taken."));
    return ExitCode.OK;
  }
}
