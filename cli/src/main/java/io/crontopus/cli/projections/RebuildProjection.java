package io.crontopus.cli.projections;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crontopus projections rebuild}. */
@Command(
    name = "rebuild",
    description = {
      "Fill a projection anew from the event log, beside the rows that go on to serve.",
      "The new rows take over when they have caught up. Ctrl-C ends the waiting, not the rebuild."
    },
    footer = {
      "  crontopus projections rebuild runs",
      "  crontopus projections rebuild runs --yes --no-wait"
    })
public final class RebuildProjection extends OnlineCommand {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  @Mixin private final Confirmation confirmation = new Confirmation();

  @Parameters(paramLabel = "PROJECTION", description = "Its name, as the list shows it.")
  private String name = "";

  @Option(names = "--no-wait", description = "Return when the rebuild has begun.")
  private boolean isNotAwaited;

  public RebuildProjection(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() throws InterruptedException {
    String path = "/admin/projections/" + Query.segment(name);
    Row before = new Row(api().get(path));
    confirmation.require(
        "Rebuild " + name + " from " + before.text("head") + " positions of the log?",
        surroundings());
    Row begun = new Row(api().post(path + "/rebuild", Json.object()));
    if (isNotAwaited) {
      surroundings().say(SafeText.line("The rebuild of " + name + " has begun."));
    } else {
      await(path, begun);
    }
    return ExitCode.OK;
  }

  private void await(String path, Row begun) throws InterruptedException {
    boolean isSeen = surroundings().terminal().outputIsTerminal();
    Row latest = begun;
    String phase = "";
    while (latest.has("rebuild")) {
      Row rebuild = latest.child("rebuild");
      if (isSeen) {
        surroundings().talk().print("\r\u001b[K" + SafeText.line(RebuildProgress.line(rebuild)));
        surroundings().talk().flush();
      } else if (!rebuild.text("phase").equals(phase)) {
        phase = rebuild.text("phase");
        surroundings().say(SafeText.line(RebuildProgress.line(rebuild)));
      }
      Thread.sleep(LOOK_EVERY);
      latest = new Row(api().get(path));
    }
    surroundings().say((isSeen ? "\r\u001b[K" : "") + SafeText.line(name + " was rebuilt."));
  }
}
