package io.crontopus.run;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.events.RunEvent;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** One execution of a job: a short event stream that decides what each check-in means. */
public class Run {

  @SuppressWarnings("UnusedVariable") // read by the event store
  @AggregateIdentifier
  private @Nullable String id;

  private RunState state = RunState.initial();

  /** For the event store, which replays events into it. */
  protected Run() {}

  static Run create() {
    return new Run();
  }

  RunState state() {
    return state;
  }

  /** Takes a check-in; true when it told something new. */
  boolean checkIn(RunId run, RunSettings settings, ReportCheckIn checkIn) {
    List<RunEvent> events = new RunDecisions(run, settings).decide(state, checkIn);
    events.forEach(event -> apply(event));
    return !events.isEmpty();
  }

  /** Times the run out if its deadline has passed. */
  void timeOut(RunId run, Instant at) {
    RunDecisions.timeOut(run, state, at).forEach(event -> apply(event));
  }

  @EventSourcingHandler
  void on(RunEvent event) {
    id = new RunId(event.tenantId(), event.runId()).toString();
    state = state.evolve(event);
  }
}
