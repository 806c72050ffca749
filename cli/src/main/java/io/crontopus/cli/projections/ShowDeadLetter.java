package io.crontopus.cli.projections;

import io.crontopus.cli.command.Reason;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code crontopus projections dead-letters show}. */
@Command(
    name = "show",
    description = "Show a dead letter, with its event as it is stored.",
    footer = "  crontopus projections dead-letters show runs 17 --reason 'why it failed'")
public final class ShowDeadLetter extends LetterCommand {
  @Mixin private final Reason reason = new Reason();

  public ShowDeadLetter(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    JsonNode shown = api().get(path(), reason.query());
    Printer printer = printer();
    printer.one(shown, () -> draw(new Row(shown), printer));
    return ExitCode.OK;
  }

  private void draw(Row shown, Printer printer) {
    Row letter = shown.child("dead_letter");
    printer
        .details()
        .add("Letter", letter.text("id"))
        .add("Event", letter.text("event_name"))
        .add("Event id", letter.text("event_id"))
        .add("Position", letter.text("position"))
        .add("Of", letter.text("sequence"))
        .add("Parked", exact(letter.time("parked_at")))
        .add("Attempts", letter.text("attempts"))
        .add("Cause", letter.text("cause"))
        .add("Metadata", shown.text("metadata"))
        .write();
    printer.heading("Payload");
    printer.out().line(SafeText.line(shown.firstText("payload")));
  }
}
