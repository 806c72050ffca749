package io.crontopus.cli.projections;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus projections dead-letters}. */
@Command(
    name = "dead-letters",
    description = {
      "Events that a projection could not take.",
      "Later events of the same run, endpoint or job wait behind the first one."
    },
    subcommands = {
      ListDeadLetters.class,
      ShowDeadLetter.class,
      RetryDeadLetter.class,
      DropDeadLetter.class
    },
    footer = {
      "  crontopus projections dead-letters list runs",
      "  crontopus projections dead-letters show runs 17 --reason 'why it failed'",
      "  crontopus projections dead-letters retry runs 17 --reason 'after the upgrade'"
    })
public final class DeadLettersCommand extends Noun {}
