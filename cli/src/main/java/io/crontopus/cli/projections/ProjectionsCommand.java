package io.crontopus.cli.projections;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus projections}. */
@Command(
    name = "projections",
    description = {
      "What is kept of the event log for lists and pages: how far it is, and filling it anew.",
      "For those who run the platform: needs an operator's token (the file operator-token in the platform's data folder)."
    },
    subcommands = {
      ListProjections.class,
      RebuildProjection.class,
      AbortRebuild.class,
      DeadLettersCommand.class
    },
    footer = {
      "  crontopus projections list --token-file /var/lib/crontopus/operator-token",
      "  crontopus projections rebuild runs --reason 'counts were wrong before 0.2'",
      "  crontopus projections abort runs --reason 'not at noon'",
      "  crontopus projections dead-letters list runs"
    })
public final class ProjectionsCommand extends Noun {}
