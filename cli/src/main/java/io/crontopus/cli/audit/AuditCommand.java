package io.crontopus.cli.audit;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus audit}. */
@Command(
    name = "audit",
    description = "Everything that happened, and the proof that it was not changed.",
    subcommands = {
      ListEvents.class,
      ShowEvent.class,
      ExportEvents.class,
      VerifyExport.class,
      ShowCheckpoint.class,
      ListKeys.class,
      RotateKey.class
    },
    footer = {
      "  crontopus audit list --type tenant.api-token-issued",
      "  crontopus audit keys -q > audit.pub",
      "  crontopus audit export > log.ndjson",
      "  crontopus audit verify log.ndjson --key audit.pub"
    })
public final class AuditCommand extends Noun {}
