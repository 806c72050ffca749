package io.crontopus.cli.admin;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus admin}. */
@Command(
    name = "admin",
    description = {
      "Tenants, what they use, the keys that sign access tokens, and how the platform is.",
      "For those who run the platform: needs an operator's token (the file operator-token in the platform's data folder)."
    },
    subcommands = {
      TenantsCommand.class,
      ShowUsage.class,
      SigningKeysCommand.class,
      ShowHealth.class
    },
    footer = {
      "  crontopus admin tenants list --token-file /var/lib/crontopus/operator-token",
      "  crontopus admin tenants suspend acme --reason 'unpaid since March'",
      "  crontopus admin usage --tenant acme --from 2026-01-01 --to 2026-01-31",
      "  crontopus admin signing-keys rotate --reason 'laptop stolen' --at-once",
      "  crontopus admin health"
    })
public final class AdminCommand extends Noun {}
