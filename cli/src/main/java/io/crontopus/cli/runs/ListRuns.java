package io.crontopus.cli.runs;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.Moment;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus runs list}. */
@Command(
    name = "list",
    description = "List runs, the newest first.",
    footer = {
      "  crontopus runs list --job backup --limit 10",
      "  crontopus runs list --status failure --since 24h",
      "  crontopus runs list --since 2026-01-31 --all -o json | jq '.[].duration'"
    })
public final class ListRuns extends OnlineCommand {
  @Mixin private final RunFilter filter = new RunFilter();
  @Mixin private final ListOptions list = new ListOptions();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Only runs since then: 2h (ago), 2026-01-31 or 2026-01-31T14:00:00Z.")
  private @Nullable Moment since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Only runs before then.")
  private @Nullable Moment until;

  public ListRuns(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Query query = filter.asQuery().with("from", at(since)).with("to", at(until));
    list.show(listing(), api(), "/runs", query, "runs", format(), surroundings());
    return ExitCode.OK;
  }

  private String at(@Nullable Moment moment) {
    return moment == null ? "" : moment.at(surroundings().clock()).toString();
  }

  private Listing listing() {
    return new Listing(
        "runs",
        run -> run.text("run_id"),
        Column.of("RUN", run -> run.text("run_id")),
        Column.elastic("JOB", RunFields::job),
        Column.status("STATUS", run -> run.text("status")),
        Column.of("EXIT", run -> run.text("exit_code")),
        Column.of(
            "STARTED", run -> relative(run.time("started_at").or(() -> run.time("received_at")))),
        Column.of("DURATION", RunFields::duration),
        Column.of("ENDPOINT", run -> run.text("endpoint_id")));
  }
}
