package io.crontopus.cli.admin;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus admin tenants}. */
@Command(
    name = "tenants",
    description =
        "The platform's tenants. What changes one needs a reason, which is in its audit log and in the platform's.",
    subcommands = {
      ListTenants.class,
      ShowTenant.class,
      CreateTenant.class,
      SuspendTenant.class,
      ResumeTenant.class,
      DeleteTenant.class
    },
    footer = {
      "  crontopus admin tenants list --status suspended",
      "  crontopus admin tenants create acme --username ann --email ann@example.org --reason 'contract 17'",
      "  crontopus admin tenants suspend acme --reason 'unpaid since March'",
      "  crontopus admin tenants resume acme --reason 'paid'",
      "  crontopus admin tenants delete acme --reason 'contract has ended'"
    })
public final class TenantsCommand extends Noun {}
