package io.crontopus.cli.projections;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.command.Reason;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
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
      "  crontopus projections rebuild runs --reason 'counts were wrong before 0.2'",
      "  crontopus projections rebuild runs --reason 'counts were wrong before 0.2' --yes --no-wait"
    })
public final class RebuildProjection extends OnlineCommand {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** A restart takes seconds; who waits for a rebuild has more patience than that. */
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(5);

  /** Writes over the line that is there. */
  private static final String FROM_THE_START = "\r\u001b[K";

  @Mixin private final Reason reason = new Reason();
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
    Row begun = new Row(api().post(path + "/rebuild" + reason.query(), Json.object()));
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
        surroundings().talk().print(FROM_THE_START + SafeText.line(RebuildProgress.line(rebuild)));
        surroundings().talk().flush();
      } else if (!rebuild.text("phase").equals(phase)) {
        phase = rebuild.text("phase");
        surroundings().say(SafeText.line(RebuildProgress.line(rebuild)));
      }
      Thread.sleep(LOOK_EVERY);
      latest = look(path, isSeen);
    }
    String start = isSeen ? FROM_THE_START : "";
    if (wasAborted(latest, begun.child("rebuild"))) {
      surroundings().talk().print(start);
      throw new Failure(
          ExitCode.FAILED, "The rebuild of " + name + " was given up by somebody else.");
    }
    surroundings().say(start + SafeText.line(name + " was rebuilt."));
  }

  /** What became of this rebuild, and not of another one that was begun and ended meanwhile. */
  private static boolean wasAborted(Row latest, Row rebuild) {
    Row last = latest.child("last_rebuild");
    return last.text("outcome").equals("aborted")
        && last.text("started_at").equals(rebuild.text("started_at"));
  }

  /** A platform that is away meanwhile goes on with the rebuild when it is back. */
  private Row look(String path, boolean isSeen) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_OUTAGE.toNanos();
    boolean isTold = false;
    while (true) {
      try {
        return new Row(api().get(path));
      } catch (Failure failure) {
        if (failure.exitCode() != ExitCode.UNREACHABLE || System.nanoTime() > end) {
          throw failure;
        }
        if (!isTold) {
          surroundings()
              .say(
                  (isSeen ? FROM_THE_START : "")
                      + "The platform does not answer; the rebuild goes on when it is back.");
          isTold = true;
        }
        Thread.sleep(LOOK_EVERY);
      }
    }
  }
}
