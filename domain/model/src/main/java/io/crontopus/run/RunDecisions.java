package io.crontopus.run;

import io.crontopus.run.CheckInRejected.Reason;
import io.crontopus.run.RunState.Closed;
import io.crontopus.run.RunState.NotSeen;
import io.crontopus.run.RunState.Open;
import io.crontopus.run.RunState.TimedOut;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.events.RunEvent;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a check-in means for its run. Pure: the same state and check-in always give the same events,
 * and a check-in that tells nothing new gives none.
 */
public final class RunDecisions {

  /** How many separate pieces of output a run may send; keeps its event stream short. */
  public static final int MAX_OUTPUTS = 1_000;

  private final RunId run;
  private final RunSettings settings;

  /**
   * Prepares to decide.
   *
   * @param settings the job's settings that are in force now
   */
  public RunDecisions(RunId run, RunSettings settings) {
    this.run = run;
    this.settings = settings;
  }

  /**
   * What becomes known by this check-in; nothing when it tells nothing new.
   *
   * @throws CheckInRejected when it cannot be taken
   */
  public List<RunEvent> decide(RunState state, ReportCheckIn checkIn) {
    rejectOtherJobs(state, checkIn.job());
    return switch (checkIn.status()) {
      case RUNNING -> running(state, checkIn);
      case LOG -> output(state, checkIn);
      case SUCCESS, FAILURE, TIMEOUT, CANCELLED -> closing(state, checkIn);
    };
  }

  /** What becomes known of a run whose deadline may have passed. */
  public static List<RunEvent> timeOut(RunId run, RunState state, Instant at) {
    return state instanceof Open open && open.deadline() != null && !open.deadline().isAfter(at)
        ? List.of(new RunTimedOut(run.tenantId(), run.value(), open.deadline(), at))
        : List.of();
  }

  private void rejectOtherJobs(RunState state, JobRef job) {
    JobRef owner =
        switch (state) {
          case NotSeen s -> job;
          case Open o -> o.job();
          case Closed c -> c.job();
          case TimedOut t -> t.job();
        };
    if (!owner.equals(job)) {
      throw new CheckInRejected(
          Reason.RUN_OF_ANOTHER_JOB,
          "run_id %s belongs to job %s/%s".formatted(run.value(), owner.namespace(), owner.name()));
    }
  }

  private List<RunEvent> running(RunState state, ReportCheckIn checkIn) {
    return switch (state) {
      case NotSeen s -> List.of(started(checkIn));
      case Open open -> extension(open, checkIn);
      case Closed c -> List.of();
      case TimedOut t -> List.of();
    };
  }

  /** A repeat of the same start tells nothing; a later sign of life moves the deadline. */
  private List<RunEvent> extension(Open open, ReportCheckIn checkIn) {
    if (open.maxRuntimeMillis() == null || open.deadline() == null) {
      return List.of();
    }
    Instant aliveAt = Objects.requireNonNullElse(checkIn.startedAt(), checkIn.receivedAt());
    if (!aliveAt.isAfter(open.startedAt())) {
      return List.of();
    }
    Instant deadline = aliveAt.plusMillis(open.maxRuntimeMillis()).plusMillis(open.graceMillis());
    return deadline.isAfter(open.deadline())
        ? List.of(new RunExtended(run.tenantId(), run.value(), deadline, checkIn.receivedAt()))
        : List.of();
  }

  private List<RunEvent> output(RunState state, ReportCheckIn checkIn) {
    if (checkIn.output() == null || checkIn.output().isEmpty()) {
      return state instanceof NotSeen ? List.of(started(checkIn)) : List.of();
    }
    int sent =
        switch (state) {
          case NotSeen s -> 0;
          case Open o -> o.outputs();
          case Closed c -> c.outputs();
          case TimedOut t -> t.outputs();
        };
    if (sent >= MAX_OUTPUTS) {
      throw new CheckInRejected(
          Reason.TOO_MUCH_OUTPUT, "a run may send output at most %d times".formatted(MAX_OUTPUTS));
    }
    RunEvent added =
        new RunOutputAdded(
            run.tenantId(),
            run.value(),
            checkIn.output(),
            checkIn.outputTruncated(),
            checkIn.receivedAt());
    return state instanceof NotSeen ? List.of(started(checkIn), added) : List.of(added);
  }

  private List<RunEvent> closing(RunState state, ReportCheckIn checkIn) {
    return switch (state) {
      case NotSeen s -> List.of(finished(checkIn, null, null, null));
      case Open o -> List.of(finished(checkIn, o.startedAt(), o.commit(), o.jobId()));
      case Closed c ->
          corrects(c, checkIn) ? List.of(finished(checkIn, c.startedAt(), null, null)) : List.of();
      case TimedOut t -> t.resultKnown() ? List.of() : List.of(lateResult(t, checkIn));
    };
  }

  /** An older result never overrides a newer one, and the same result twice is one. */
  private static boolean corrects(Closed closed, ReportCheckIn checkIn) {
    return !closed.status().wireName().equals(checkIn.status().wireName())
        && finishedAt(checkIn).isAfter(closed.finishedAt());
  }

  private RunStarted started(ReportCheckIn checkIn) {
    Instant startedAt = Objects.requireNonNullElse(checkIn.startedAt(), checkIn.receivedAt());
    Duration max = settings.maxRuntime();
    return new RunStarted(
        run.tenantId(),
        run.value(),
        checkIn.job().namespace(),
        checkIn.job().name(),
        settings.jobId(),
        checkIn.endpointId(),
        checkIn.commit() != null ? checkIn.commit() : settings.commit(),
        checkIn.source(),
        startedAt,
        checkIn.receivedAt(),
        max == null ? null : deadline(startedAt, checkIn.receivedAt(), max),
        max == null ? null : max.toMillis(),
        settings.grace().toMillis());
  }

  /**
   * A start that comes late from a spool is followed by its end: wait for that one at least the
   * grace.
   */
  private Instant deadline(Instant startedAt, Instant receivedAt, Duration max) {
    Instant due = startedAt.plus(max).plus(settings.grace());
    Instant earliest = receivedAt.plus(settings.grace());
    return due.isAfter(earliest) ? due : earliest;
  }

  private RunFinished finished(
      ReportCheckIn checkIn,
      @Nullable Instant knownStart,
      @Nullable String knownCommit,
      @Nullable String knownJobId) {
    Instant startedAt = checkIn.startedAt() != null ? checkIn.startedAt() : knownStart;
    String commit = checkIn.commit() != null ? checkIn.commit() : knownCommit;
    return new RunFinished(
        run.tenantId(),
        run.value(),
        checkIn.job().namespace(),
        checkIn.job().name(),
        knownJobId != null ? knownJobId : settings.jobId(),
        checkIn.endpointId(),
        commit != null ? commit : settings.commit(),
        checkIn.source(),
        checkIn.status().wireName(),
        checkIn.exitCode(),
        startedAt,
        finishedAt(checkIn),
        durationMillis(checkIn, startedAt),
        checkIn.output(),
        checkIn.outputTruncated(),
        checkIn.errorMessage(),
        checkIn.receivedAt());
  }

  private RunLateResultRecorded lateResult(TimedOut state, ReportCheckIn checkIn) {
    Instant startedAt = checkIn.startedAt() != null ? checkIn.startedAt() : state.startedAt();
    return new RunLateResultRecorded(
        run.tenantId(),
        run.value(),
        checkIn.status().wireName(),
        checkIn.exitCode(),
        finishedAt(checkIn),
        durationMillis(checkIn, startedAt),
        checkIn.output(),
        checkIn.outputTruncated(),
        checkIn.errorMessage(),
        checkIn.receivedAt());
  }

  private static Instant finishedAt(ReportCheckIn checkIn) {
    return Objects.requireNonNullElse(checkIn.finishedAt(), checkIn.receivedAt());
  }

  /**
   * What the machine measured; else the difference of the times, which a clock that jumped may make
   * negative.
   */
  private static @Nullable Long durationMillis(ReportCheckIn checkIn, @Nullable Instant startedAt) {
    if (checkIn.duration() != null) {
      return checkIn.duration().toMillis();
    }
    return startedAt == null
        ? null
        : Math.max(0, Duration.between(startedAt, finishedAt(checkIn)).toMillis());
  }
}
