package io.crontopus.projection.run;

import io.crontopus.projection.EventContext;
import io.crontopus.projection.Projection;
import io.crontopus.projection.live.ChangeFeed;
import io.crontopus.run.events.RunEvent;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;

/** Keeps {@code read_model.run} and the latest run of each job. */
public final class RunProjection implements Projection {

  private final RunTable runs;
  private final ChangeFeed changes;

  public RunProjection(RunTable runs, ChangeFeed changes) {
    this.runs = runs;
    this.changes = changes;
  }

  @Override
  public String name() {
    return "runs";
  }

  @Override
  public void handle(Object event, EventContext context) {
    if (event instanceof RunEvent runEvent) {
      apply(runEvent);
      runs.noteLatest(runEvent.tenantId(), runEvent.runId());
      changes.changed(runEvent.tenantId(), ChangeFeed.Topic.RUNS, runEvent.runId());
    }
  }

  @Override
  public void reset() {
    runs.clear();
  }

  private void apply(RunEvent event) {
    switch (event) {
      case RunStarted e -> runs.started(e);
      case RunExtended e -> runs.extended(e);
      case RunOutputAdded e -> runs.outputAdded(e);
      case RunFinished e -> runs.finished(e);
      case RunTimedOut e -> runs.timedOut(e);
      case RunLateResultRecorded e -> runs.lateResult(e);
    }
  }
}
