package io.crontopus.cli.projections;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code crontopus projections dead-letters list}. */
@Command(
    name = "list",
    description = "List what a projection could not take, in the order of the log.",
    footer = "  crontopus projections dead-letters list runs")
public final class ListDeadLetters extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();

  @Parameters(paramLabel = "PROJECTION", description = "The projection's name.")
  private String projection = "";

  public ListDeadLetters(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    list.show(
        listing(),
        api(),
        "/admin/projections/" + Query.segment(projection) + "/dead-letters",
        Query.NONE,
        "dead_letters",
        format(),
        surroundings());
    return ExitCode.OK;
  }

  private Listing listing() {
    return new Listing(
        "dead letters",
        letter -> letter.text("id"),
        Column.of("LETTER", letter -> letter.text("id")),
        Column.of("EVENT", letter -> letter.text("event_name")),
        Column.of("OF", letter -> letter.text("sequence")),
        Column.of("PARKED", letter -> relative(letter.time("parked_at"))),
        Column.of("ATTEMPTS", letter -> letter.text("attempts")),
        Column.elastic(
            "CAUSE",
            letter -> letter.has("cause") ? letter.text("cause") : "waits for an earlier one"));
  }
}
