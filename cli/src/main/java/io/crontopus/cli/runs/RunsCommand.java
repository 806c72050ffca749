package io.crontopus.cli.runs;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus runs}. */
@Command(
    name = "runs",
    description = "What did run, and how it went.",
    subcommands = {ListRuns.class, ShowRun.class, WatchRuns.class},
    footer = {
      "  crontopus runs list --status failure --since 24h",
      "  crontopus runs show 0198c0de-7a1e-7000-8000-5f2d8c3b1a90",
      "  crontopus runs watch"
    })
public final class RunsCommand extends Noun {}
