package io.crontopus.run;

import io.crontopus.run.CheckInRejected.Reason;
import io.crontopus.run.RunState.Open;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.commands.TimeOutRun;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Finds the run that a check-in belongs to, and lets the run decide. Safe to repeat as a whole
 * after a conflict.
 */
public class CheckInHandler {

  private final Repository<Run> runs;
  private final OpenRuns openRuns;
  private final JobSettings jobSettings;

  public CheckInHandler(Repository<Run> runs, OpenRuns openRuns, JobSettings jobSettings) {
    this.runs = runs;
    this.openRuns = openRuns;
    this.jobSettings = jobSettings;
  }

  @CommandHandler
  CheckInAccepted handle(ReportCheckIn checkIn) throws Exception {
    RunId id = runOf(checkIn);
    RunSettings settings =
        jobSettings.find(checkIn.tenantId(), checkIn.job()).orElse(RunSettings.UNKNOWN_JOB);
    Aggregate<Run> aggregate = runs.loadOrCreate(id.toString(), Run::create);
    return aggregate.invoke(
        run -> {
          RunState before = run.state();
          boolean news = run.checkIn(id, settings, checkIn);
          keepIndex(id, before, run.state());
          return new CheckInAccepted(id.value(), run.state().status(), !news);
        });
  }

  @CommandHandler
  void handle(TimeOutRun command) {
    try {
      runs.load(command.run().toString())
          .execute(
              run -> {
                RunState before = run.state();
                run.timeOut(command.run(), command.at());
                keepIndex(command.run(), before, run.state());
              });
    } catch (AggregateNotFoundException gone) {
      openRuns.closed(command.run());
    }
  }

  private RunId runOf(ReportCheckIn checkIn) {
    String named = checkIn.runId();
    if (named != null) {
      return new RunId(checkIn.tenantId(), named);
    }
    RunId fresh = new RunId(checkIn.tenantId(), checkIn.newRunId());
    if (checkIn.status() == CheckInStatus.RUNNING) {
      return fresh;
    }
    Optional<RunId> latest =
        openRuns.latest(checkIn.tenantId(), checkIn.job(), checkIn.endpointId());
    if (latest.isEmpty() && checkIn.status() == CheckInStatus.LOG) {
      throw new CheckInRejected(
          Reason.NO_OPEN_RUN,
          "job %s/%s has no open run to add output to"
              .formatted(checkIn.job().namespace(), checkIn.job().name()));
    }
    return latest.orElse(fresh);
  }

  private void keepIndex(RunId id, RunState before, RunState after) {
    if (after.equals(before)) {
      return;
    }
    @Nullable Open open = after instanceof Open o ? o : null;
    if (open != null) {
      openRuns.opened(id, open.job(), open.endpointId(), open.deadline());
    } else if (before instanceof Open) {
      openRuns.closed(id);
    }
  }
}
