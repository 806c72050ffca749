package io.crontopus.cli.pings;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus ping-keys}. */
@Command(
    name = "ping-keys",
    description = "Keys with which a job reports by fetching a page: for what has no agent.",
    subcommands = {CreatePingKey.class, ListPingKeys.class, RevokePingKeys.class},
    footer = {
      "  crontopus ping-keys create backup",
      "  crontopus ping-keys list",
      "  crontopus ping-keys revoke KEY-ID"
    })
public final class PingKeysCommand extends Noun {}
