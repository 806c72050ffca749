package io.crontopus.cli.jobs;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus jobs}. */
@Command(
    name = "jobs",
    description = "The jobs that Git defines.",
    subcommands = {ListJobs.class, ShowJob.class, ValidateManifests.class},
    footer = {
      "  crontopus jobs list --namespace default",
      "  crontopus jobs show default/backup",
      "  crontopus jobs show default/backup --as-of 3d",
      "  crontopus jobs validate ."
    })
public final class JobsCommand extends Noun {}
