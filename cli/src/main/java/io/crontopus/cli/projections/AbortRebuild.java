package io.crontopus.cli.projections;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.command.Reason;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code crontopus projections abort}. */
@Command(
    name = "abort",
    description = "Give a rebuild up. What serves stays as it is.",
    footer = "  crontopus projections abort runs --reason 'not at noon'")
public final class AbortRebuild extends OnlineCommand {

  @Mixin private final Reason reason = new Reason();

  @Parameters(paramLabel = "PROJECTION", description = "Its name, as the list shows it.")
  private String name = "";

  public AbortRebuild(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    var _ =
        api()
            .post(
                "/admin/projections/" + Query.segment(name) + "/abort" + reason.query(),
                Json.object());
    surroundings().say(SafeText.line("The rebuild of " + name + " was given up."));
    return ExitCode.OK;
  }
}
