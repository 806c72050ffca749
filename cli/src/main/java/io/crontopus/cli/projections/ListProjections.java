package io.crontopus.cli.projections;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus projections list}. */
@Command(
    name = "list",
    description =
        "List projections: how far behind the log each is, what it could not take, what is being rebuilt.",
    footer = {
      "  crontopus projections list",
      "  crontopus projections list -o json | jq '.[].lag'"
    })
public final class ListProjections extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();

  public ListProjections(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    list.show(
        listing(),
        api(),
        "/admin/projections",
        Query.NONE,
        "projections",
        format(),
        surroundings());
    return ExitCode.OK;
  }

  private static Listing listing() {
    return new Listing(
        "projections",
        projection -> projection.text("name"),
        Column.of("PROJECTION", projection -> projection.text("name")),
        Column.of("POSITION", projection -> projection.text("position")),
        Column.of("LAG", projection -> projection.text("lag")),
        Column.of("PARKED", projection -> projection.text("parked")),
        Column.elastic("REBUILD", ListProjections::rebuild));
  }

  private static String rebuild(Row projection) {
    return projection.has("rebuild") ? RebuildProgress.line(projection.child("rebuild")) : "";
  }
}
