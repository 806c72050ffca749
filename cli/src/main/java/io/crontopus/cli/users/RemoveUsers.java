package io.crontopus.cli.users;

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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crontopus users remove}. */
@Command(
    name = "remove",
    description = {
      "Remove users with their API tokens and sessions.",
      "With --invitation, take invitations back that nobody has accepted."
    },
    footer = {
      "  crontopus users remove USER-ID",
      "  crontopus users remove --invitation INVITATION-ID --yes"
    })
public final class RemoveUsers extends OnlineCommand {
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Option(names = "--invitation", description = "The ids are those of invitations.")
  private boolean isOfInvitations;

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of users.")
  private List<String> ids = List.of();

  public RemoveUsers(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ApiClient api = api();
    for (String id : ids) {
      String what = isOfInvitations ? "invitation " + id : user(api, id);
      String path = (isOfInvitations ? "/invitations/" : "/users/") + Query.segment(id);
      confirmation.require("Remove " + what + "?", surroundings());
      api.delete(path);
      surroundings().say(SafeText.line("Removed " + what + "."));
    }
    return ExitCode.OK;
  }

  private static String user(ApiClient api, String id) {
    Row user = new Row(api.get("/users/" + Query.segment(id)));
    return "user " + user.firstText("username", "id") + " (" + id + ")";
  }
}
