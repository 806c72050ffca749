package io.crontopus.cli.admin;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.Reason;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code crontopus admin tenants delete}. */
@Command(
    name = "delete",
    description = {
      "Remove a suspended tenant with its users, jobs, runs, repository and events.",
      "Until the time that is printed, resume takes it back. Its name is never given again."
    },
    footer = {
      "  crontopus admin tenants delete acme --reason 'contract has ended'",
      "  crontopus admin tenants delete acme --reason 'contract has ended' --yes"
    })
public final class DeleteTenant extends TenantCommand {
  @Mixin private final Reason reason = new Reason();
  @Mixin private final Confirmation confirmation = new Confirmation();

  public DeleteTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    confirmation.requireTyped(
        tenant(), "All that tenant " + tenant() + " has will be removed.", surroundings());
    JsonNode deleted = api().post(path() + "/delete", reason.request().put("confirm", tenant()));
    String when = new Row(deleted).time("purge_after").map(time -> " at " + time).orElse("");
    show(
        deleted,
        "The data of "
            + tenant()
            + " will be removed"
            + when
            + "; until then resume takes it back.");
    return ExitCode.OK;
  }
}
