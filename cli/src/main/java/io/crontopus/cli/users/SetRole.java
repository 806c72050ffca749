package io.crontopus.cli.users;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code crontopus users set-role}. */
@Command(
    name = "set-role",
    description = {
      "Give a user another role.",
      "Their API tokens never may more than they do: they shrink with a lesser role, at once.",
      "It asks before somebody becomes an owner, or is one no more."
    },
    footer = {
      "  crontopus users set-role USER-ID operator",
      "  crontopus users set-role USER-ID owner --yes"
    })
public final class SetRole extends OnlineCommand {
  private static final String OWNER = "owner";

  @Mixin private final Confirmation confirmation = new Confirmation();

  @Parameters(index = "0", paramLabel = "USER-ID", description = "The user's id.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "ROLE", description = Roles.HELP)
  private String role = "";

  public SetRole(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    String wanted = Roles.checked(role);
    String path = "/users/" + Query.segment(id);
    confirmOwnership(new Row(api().get(path)), wanted);
    JsonNode changed = api().patch(path, Json.object().put("role", wanted));
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

  private void confirmOwnership(Row user, String wanted) {
    boolean isOwner = user.text("role").equals(OWNER);
    if (isOwner == wanted.equals(OWNER)) {
      return;
    }
    String who = user.firstText("username", "id") + " (" + id + ")";
    confirmation.require(
        isOwner
            ? "Take the ownership of the tenant from " + who + "?"
            : "Make " + who + " an owner of the tenant, who may do everything?",
        surroundings());
  }
}
