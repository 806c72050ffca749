package io.crontopus.run;

import io.crontopus.run.events.RunEvent;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of a run: the part of its history that its next step depends on. */
public sealed interface RunState {

  /** The status to show, once anything is known. */
  RunStatus status();

  /** Nothing was heard of this run yet. */
  record NotSeen() implements RunState {
    @Override
    public RunStatus status() {
      return RunStatus.RUNNING;
    }
  }

  /**
   * The run is going on.
   *
   * @param outputs how many separate pieces of output it sent
   */
  record Open(
      JobRef job,
      @Nullable String endpointId,
      @Nullable String commit,
      @Nullable String jobId,
      Instant startedAt,
      @Nullable Instant deadline,
      @Nullable Long maxRuntimeMillis,
      long graceMillis,
      int outputs)
      implements RunState {
    @Override
    public RunStatus status() {
      return RunStatus.RUNNING;
    }
  }

  /** The run ended and said so. */
  record Closed(
      JobRef job, RunStatus status, @Nullable Instant startedAt, Instant finishedAt, int outputs)
      implements RunState {}

  /**
   * The run's time was up.
   *
   * @param resultKnown whether it is known how it ended
   */
  record TimedOut(JobRef job, @Nullable Instant startedAt, boolean resultKnown, int outputs)
      implements RunState {
    @Override
    public RunStatus status() {
      return RunStatus.TIMEOUT;
    }
  }

  /** The state before anything was heard. */
  static RunState initial() {
    return new NotSeen();
  }

  /** The state after this event. Total: every event has an effect, or none, in every state. */
  default RunState evolve(RunEvent event) {
    return switch (event) {
      case RunStarted e ->
          new Open(
              new JobRef(e.namespace(), e.jobName()),
              e.endpointId(),
              e.commit(),
              e.jobId(),
              e.startedAt(),
              e.deadline(),
              e.maxRuntimeMillis(),
              e.graceMillis(),
              0);
      case RunExtended e -> extended(e.deadline());
      case RunOutputAdded e -> withOneOutputMore();
      case RunFinished e -> finished(e);
      case RunTimedOut e ->
          this instanceof Open open
              ? new TimedOut(open.job(), open.startedAt(), false, open.outputs())
              : this;
      case RunLateResultRecorded e ->
          this instanceof TimedOut late
              ? new TimedOut(late.job(), late.startedAt(), true, late.outputs())
              : this;
    };
  }

  private RunState extended(Instant deadline) {
    return this instanceof Open o
        ? new Open(
            o.job(),
            o.endpointId(),
            o.commit(),
            o.jobId(),
            o.startedAt(),
            deadline,
            o.maxRuntimeMillis(),
            o.graceMillis(),
            o.outputs())
        : this;
  }

  private RunState withOneOutputMore() {
    return switch (this) {
      case NotSeen s -> s;
      case Open o ->
          new Open(
              o.job(),
              o.endpointId(),
              o.commit(),
              o.jobId(),
              o.startedAt(),
              o.deadline(),
              o.maxRuntimeMillis(),
              o.graceMillis(),
              o.outputs() + 1);
      case Closed c ->
          new Closed(c.job(), c.status(), c.startedAt(), c.finishedAt(), c.outputs() + 1);
      case TimedOut t -> new TimedOut(t.job(), t.startedAt(), t.resultKnown(), t.outputs() + 1);
    };
  }

  private RunState finished(RunFinished e) {
    JobRef job = new JobRef(e.namespace(), e.jobName());
    RunStatus status = RunStatus.ofWireName(e.status());
    int outputs =
        switch (this) {
          case NotSeen s -> 0;
          case Open o -> o.outputs();
          case Closed c -> c.outputs();
          case TimedOut t -> t.outputs();
        };
    return status == RunStatus.TIMEOUT
        ? new TimedOut(job, e.startedAt(), true, outputs)
        : new Closed(job, status, e.startedAt(), e.finishedAt(), outputs);
  }
}
