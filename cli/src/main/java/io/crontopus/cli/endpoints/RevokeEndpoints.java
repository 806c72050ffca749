package io.crontopus.cli.endpoints;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code crontopus endpoints revoke}. */
@Command(
    name = "revoke",
    description = {
      "Revoke endpoints: their agents can no longer read jobs or report runs.",
      "Jobs that are in a machine's scheduler stay there and run on."
    },
    footer = {
      "  crontopus endpoints revoke ENDPOINT",
      "  crontopus endpoints list -q --status offline --all | xargs crontopus endpoints revoke --yes"
    })
public final class RevokeEndpoints extends OnlineCommand {
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Parameters(paramLabel = "ENDPOINT", arity = "1..*", description = "Ids of endpoints.")
  private List<String> ids = List.of();

  public RevokeEndpoints(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ApiClient api = api();
    for (String id : ids) {
      String path = "/endpoints/" + Query.segment(id);
      Row endpoint = new Row(api.get(path));
      String name = endpoint.firstText("name", "hostname", "endpoint_id");
      confirmation.require("Revoke endpoint " + name + " (" + id + ")?", surroundings());
      api.delete(path);
      surroundings().say(SafeText.line("Revoked endpoint " + name + " (" + id + ")."));
    }
    return ExitCode.OK;
  }
}
