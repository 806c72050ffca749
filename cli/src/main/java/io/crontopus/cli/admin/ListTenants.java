package io.crontopus.cli.admin;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus admin tenants list}. */
@Command(
    name = "list",
    description = "List tenants, the newest first: how each stands and how large it is.",
    footer = {
      "  crontopus admin tenants list --all",
      "  crontopus admin tenants list --status suspended -q",
      "  crontopus admin tenants list --search acme -o json"
    })
public final class ListTenants extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only those that are active, suspended, deleting, purging or purged.")
  private String status = "";

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "Only those whose names have this.")
  private String search = "";

  public ListTenants(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    list.show(
        listing(),
        api(),
        "/admin/tenants",
        Query.NONE.with("status", status).with("q", search),
        "tenants",
        format(),
        surroundings());
    return ExitCode.OK;
  }

  private Listing listing() {
    return new Listing(
        "tenants",
        tenant -> tenant.text("id"),
        Column.of("TENANT", tenant -> tenant.text("id")),
        Column.status("STATUS", tenant -> tenant.text("status")),
        Column.of("SINCE", tenant -> relative(tenant.time("status_since"))),
        Column.of("USERS", tenant -> tenant.text("users")),
        Column.of("ENDPOINTS", tenant -> tenant.text("endpoints")),
        Column.of("CREATED", tenant -> relative(tenant.time("created_at"))),
        Column.elastic("REASON", tenant -> tenant.text("reason")));
  }
}
