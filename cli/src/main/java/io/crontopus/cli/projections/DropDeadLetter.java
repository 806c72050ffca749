package io.crontopus.cli.projections;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.Reason;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus projections dead-letters drop}. */
@Command(
    name = "drop",
    description = {
      "Give up on an event: the projection goes on without it. The event stays in the log.",
      "Those that wait behind it stay parked until they are retried."
    },
    footer = "  crontopus projections dead-letters drop runs 17 --reason 'its job is gone' --yes")
public final class DropDeadLetter extends LetterCommand {
  @Mixin private final Reason reason = new Reason();
  @Mixin private final Confirmation confirmation = new Confirmation();

  public DropDeadLetter(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Row letter = new Row(api().get(path(), reason.query())).child("dead_letter");
    confirmation.require(
        "Go on without " + letter.text("event_name") + " of " + letter.text("sequence") + "?",
        surroundings());
    api().delete(path() + reason.query());
    surroundings().say(SafeText.line("Dropped dead letter " + id() + "."));
    return ExitCode.OK;
  }
}
