package io.crontopus.cli.pings;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code crontopus ping-keys revoke}. */
@Command(
    name = "revoke",
    description = "Revoke keys of jobs: their addresses stop working at once.",
    footer = {"  crontopus ping-keys revoke KEY-ID", "  crontopus ping-keys revoke KEY-ID --yes"})
public final class RevokePingKeys extends OnlineCommand {
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Parameters(paramLabel = "KEY-ID", arity = "1..*", description = "Ids of keys.")
  private List<String> ids = List.of();

  public RevokePingKeys(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ApiClient api = api();
    for (String id : ids) {
      confirmation.require("Revoke ping key " + id + "?", surroundings());
      api.delete("/ping-keys/" + Query.segment(id));
      surroundings().say(SafeText.line("Revoked ping key " + id + "."));
    }
    return ExitCode.OK;
  }
}
