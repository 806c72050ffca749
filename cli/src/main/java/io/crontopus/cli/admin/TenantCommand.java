package io.crontopus.cli.admin;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** A verb on one tenant. */
abstract class TenantCommand extends OnlineCommand {

  @Parameters(paramLabel = "TENANT", description = "The tenant's name.")
  private String tenant = "";

  TenantCommand(Surroundings surroundings) {
    super(surroundings);
  }

  final String tenant() {
    return tenant;
  }

  final String path() {
    return "/admin/tenants/" + Query.segment(tenant);
  }

  /** A sentence for a person; for a program the tenant as it is now. */
  final void show(JsonNode changed, String sentence) {
    Printer printer = printer();
    printer.one(changed, () -> surroundings().say(SafeText.line(sentence)));
  }
}
