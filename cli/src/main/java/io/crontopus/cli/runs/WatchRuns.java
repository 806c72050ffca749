package io.crontopus.cli.runs;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Event;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.LiveFeed;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;

/** {@code crontopus runs watch}. */
@Command(
    name = "watch",
    description = {
      "Show runs live, one line a change, until Ctrl-C.",
      "A lost connection is taken up again where it broke off."
    },
    footer = {
      "  crontopus runs watch",
      "  crontopus runs watch --job default/backup --status failure",
      "  crontopus runs watch --job deploy --status success --count 1 && echo deployed",
      "  crontopus runs watch -o json | jq --unbuffered .exit_code"
    })
public final class WatchRuns extends OnlineCommand {
  @Mixin private final RunFilter filter = new RunFilter();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after N changes. Default: go on until Ctrl-C.")
  private long count = Long.MAX_VALUE;

  public WatchRuns(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() throws InterruptedException {
    if (count < 1) {
      throw Failure.usage("--count must be at least 1.");
    }
    filter.asQuery();
    Consumer<Row> lines = lines();
    new LiveFeed(api(), "runs", surroundings()::say).follow(event -> isMoreWanted(event, lines));
    return ExitCode.OK;
  }

  private Consumer<Row> lines() {
    var lines =
        new RunLines(
            surroundings().data(),
            format().format(),
            format().palette(surroundings()),
            surroundings().clock());
    return lines::write;
  }

  private boolean isMoreWanted(Event event, Consumer<Row> lines) {
    Row run = read(event);
    if (run.has("run_id") && filter.accepts(run)) {
      lines.accept(run);
      surroundings().data().flush();
      count--;
    }
    return count > 0;
  }

  /** Something that cannot be read is no reason to stop watching. */
  private static Row read(Event event) {
    try {
      return new Row(Json.parse(event.data()));
    } catch (JacksonException e) {
      return new Row(Json.object());
    }
  }
}
