package io.crontopus.cli.sessions;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crontopus sessions revoke}. */
@Command(
    name = "revoke",
    description = {
      "End sessions: whoever uses them has to log in again.",
      "API tokens go on; crontopus tokens revoke ends those."
    },
    footer = {
      "  crontopus sessions revoke SESSION-ID",
      "  crontopus sessions revoke --all --yes     (this one, too)"
    })
public final class RevokeSessions extends OnlineCommand {
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Option(names = "--all", description = "End all your sessions, this one included.")
  private boolean isAll;

  @Parameters(paramLabel = "SESSION-ID", arity = "0..*", description = "Ids of sessions.")
  private List<String> ids = List.of();

  public RevokeSessions(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    if (isAll != ids.isEmpty()) {
      throw Failure.usage("Name the sessions that are to end, or give --all.");
    }
    if (isAll) {
      confirmation.require("End all your sessions?", surroundings());
      api().postForNothing("/auth/logout-everywhere", Json.object());
      surroundings().say("Ended all sessions.");
    }
    for (String id : ids) {
      confirmation.require("End session " + id + "?", surroundings());
      api().delete("/auth/sessions/" + Query.segment(id));
      surroundings().say(SafeText.line("Ended session " + id + "."));
    }
    return ExitCode.OK;
  }
}
