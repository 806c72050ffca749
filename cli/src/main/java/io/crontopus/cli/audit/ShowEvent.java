package io.crontopus.cli.audit;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Documents;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code crontopus audit show}. */
@Command(
    name = "show",
    description = "Show one event with all that is hashed.",
    footer = {
      "  crontopus audit show 17",
      "  crontopus audit show 17 -o json | jq -r .leaf | base64 -d"
    })
public final class ShowEvent extends OnlineCommand {

  @Parameters(paramLabel = "SEQ", description = "The event's place in the log, from 0.")
  private long seq;

  public ShowEvent(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    JsonNode event = api().get("/audit/" + Query.segment(Long.toString(seq)));
    Printer printer = printer();
    printer.one(event, () -> draw(new Row(event), printer));
    return ExitCode.OK;
  }

  private void draw(Row event, Printer printer) {
    printer
        .details()
        .add("Seq", event.text("seq"))
        .add("Type", event.text("type"))
        .add("Time", exact(event.time("time")))
        .add("Actor", event.text("actor"))
        .add("Subject", event.text("subject"))
        .add("Event", event.text("event_id"))
        .add("Leaf hash", event.text("leaf_hash"))
        .addStatus("Intact", event.isFalse("intact") ? "no: it is not what was hashed" : "yes")
        .write();
    printer.heading("Payload");
    printer.out().line(Documents.json(event.json().path("payload")));
  }
}
