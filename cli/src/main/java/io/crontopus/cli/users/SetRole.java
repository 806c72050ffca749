package io.crontopus.cli.users;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code crontopus users set-role}. */
@Command(
    name = "set-role",
    description = {
      "Give a user another role.",
      "Their API tokens never may more than they do: they shrink with a lesser role, at once."
    },
    footer = {"  crontopus users set-role USER-ID operator"})
public final class SetRole extends OnlineCommand {

  @Parameters(index = "0", paramLabel = "USER-ID", description = "The user's id.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "ROLE", description = Roles.HELP)
  private String role = "";

  public SetRole(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    JsonNode changed =
        api().patch("/users/" + Query.segment(id), Json.object().put("role", Roles.checked(role)));
    Row user = new Row(changed);
    printer()
        .one(
            changed,
            () ->
                surroundings()
                    .say(
                        SafeText.line(
                            user.text("username") + " is " + user.text("role") + " now.")));
    return ExitCode.OK;
  }
}
