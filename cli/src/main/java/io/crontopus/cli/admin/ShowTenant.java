package io.crontopus.cli.admin;

import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code crontopus admin tenants show}. */
@Command(
    name = "show",
    description = "Show one tenant, and how far the removal of its data is.",
    footer = {
      "  crontopus admin tenants show acme",
      "  crontopus admin tenants show acme -o json | jq .purge"
    })
public final class ShowTenant extends TenantCommand {

  public ShowTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    JsonNode tenant = api().get(path());
    Printer printer = printer();
    printer.one(tenant, () -> draw(new Row(tenant), printer));
    return ExitCode.OK;
  }

  private void draw(Row tenant, Printer printer) {
    printer
        .details()
        .add("Tenant", tenant.text("id"))
        .addStatus("Status", tenant.text("status"))
        .add("Since", exact(tenant.time("status_since")))
        .add("By", tenant.text("changed_by"))
        .add("Reason", tenant.text("reason"))
        .add("Created", exact(tenant.time("created_at")))
        .add("Users", tenant.text("users"))
        .add("Endpoints", tenant.text("endpoints"))
        .add("API tokens", tenant.text("api_tokens"))
        .add("Data goes", tenant.time("purge_after").map(Object::toString).orElse(""))
        .add("Removal", TenantFields.purge(tenant))
        .write();
  }
}
