package io.crontopus.cli.sessions;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus sessions}. */
@Command(
    name = "sessions",
    description = "Where you are logged in.",
    subcommands = {ListSessions.class, RevokeSessions.class},
    footer = {
      "  crontopus sessions list",
      "  crontopus sessions revoke SESSION-ID",
      "  crontopus sessions revoke --all"
    })
public final class SessionsCommand extends Noun {}
