package io.crontopus.projection.run;

import io.crontopus.run.events.RunEvent;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code run}: what its events have made of a run so far.
 *
 * @param orderedAt where it stands in lists: when it began, but never later than it was heard of,
 *     so that a clock that is ahead pins nothing
 * @param began the position of the event that made it known
 * @param ended the position of the event that gave it its last status
 * @param finished the position of the event that told when it finished
 */
record RunRow(
    String tenantId,
    String runId,
    String namespace,
    String jobName,
    @Nullable String jobId,
    @Nullable String endpointId,
    String status,
    @Nullable Integer exitCode,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Long durationMillis,
    @Nullable String output,
    boolean outputTruncated,
    @Nullable String errorMessage,
    String source,
    @Nullable String commit,
    Instant receivedAt,
    @Nullable Instant deadline,
    Instant orderedAt,
    long began,
    @Nullable Long ended,
    @Nullable Long finished) {

  /** How much of a run's output is kept: the last so many characters. */
  private static final int MAX_OUTPUT = 10_000;

  /** The row after an event; null stays null when the event says too little to begin one. */
  static @Nullable RunRow after(@Nullable RunRow before, RunEvent event, long position) {
    return switch (event) {
      case RunStarted e -> before == null ? started(e, position) : before;
      case RunFinished e ->
          before == null ? finished(e, position) : before.ended(e).at(position, position);
      case RunExtended e -> before == null ? null : before.extended(e);
      case RunOutputAdded e -> before == null ? null : before.printed(e);
      case RunTimedOut e ->
          before == null ? null : before.timedOut().at(position, before.finished());
      case RunLateResultRecorded e ->
          before == null ? null : before.endedLate(e).at(before.ended(), position);
    };
  }

  private static RunRow started(RunStarted e, long position) {
    return new RunRow(
        e.tenantId(),
        e.runId(),
        e.namespace(),
        e.jobName(),
        e.jobId(),
        e.endpointId(),
        "running",
        null,
        e.startedAt(),
        null,
        null,
        null,
        false,
        null,
        e.source(),
        e.commit(),
        e.receivedAt(),
        e.deadline(),
        earlier(e.startedAt(), e.receivedAt()),
        position,
        null,
        null);
  }

  private static RunRow finished(RunFinished e, long position) {
    Instant start = Objects.requireNonNullElse(e.startedAt(), e.finishedAt());
    return new RunRow(
        e.tenantId(),
        e.runId(),
        e.namespace(),
        e.jobName(),
        e.jobId(),
        e.endpointId(),
        e.status(),
        e.exitCode(),
        e.startedAt(),
        e.finishedAt(),
        e.durationMillis(),
        last(e.output()),
        e.outputTruncated(),
        e.errorMessage(),
        e.source(),
        e.commit(),
        e.receivedAt(),
        null,
        earlier(start, e.receivedAt()),
        position,
        position,
        position);
  }

  private RunRow ended(RunFinished e) {
    return new RunRow(
        tenantId,
        runId,
        namespace,
        jobName,
        first(e.jobId(), jobId),
        first(e.endpointId(), endpointId),
        e.status(),
        e.exitCode(),
        first(e.startedAt(), startedAt),
        e.finishedAt(),
        e.durationMillis(),
        last(joined(output, e.output())),
        outputTruncated || e.outputTruncated(),
        e.errorMessage(),
        source,
        first(e.commit(), commit),
        e.receivedAt(),
        null,
        orderedAt,
        began,
        ended,
        finished);
  }

  private RunRow extended(RunExtended e) {
    return with(
        status,
        exitCode,
        finishedAt,
        durationMillis,
        output,
        outputTruncated,
        errorMessage,
        receivedAt,
        e.deadline());
  }

  private RunRow printed(RunOutputAdded e) {
    String all = joined(output, e.output());
    return with(
        status,
        exitCode,
        finishedAt,
        durationMillis,
        last(all),
        outputTruncated || e.outputTruncated() || (all != null && tooLong(all)),
        errorMessage,
        receivedAt,
        deadline);
  }

  private RunRow timedOut() {
    return with(
        "timeout",
        exitCode,
        finishedAt,
        durationMillis,
        output,
        outputTruncated,
        "no result until its deadline",
        receivedAt,
        deadline);
  }

  private RunRow endedLate(RunLateResultRecorded e) {
    return with(
        status,
        e.exitCode(),
        e.finishedAt(),
        e.durationMillis(),
        last(joined(output, e.output())),
        outputTruncated || e.outputTruncated(),
        first(e.errorMessage(), errorMessage),
        e.receivedAt(),
        deadline);
  }

  private RunRow with(
      String newStatus,
      @Nullable Integer newExitCode,
      @Nullable Instant newFinishedAt,
      @Nullable Long newDuration,
      @Nullable String newOutput,
      boolean newTruncated,
      @Nullable String newError,
      Instant newReceivedAt,
      @Nullable Instant newDeadline) {
    return new RunRow(
        tenantId,
        runId,
        namespace,
        jobName,
        jobId,
        endpointId,
        newStatus,
        newExitCode,
        startedAt,
        newFinishedAt,
        newDuration,
        newOutput,
        newTruncated,
        newError,
        source,
        commit,
        newReceivedAt,
        newDeadline,
        orderedAt,
        began,
        ended,
        finished);
  }

  private RunRow at(@Nullable Long newEnded, @Nullable Long newFinished) {
    return new RunRow(
        tenantId,
        runId,
        namespace,
        jobName,
        jobId,
        endpointId,
        status,
        exitCode,
        startedAt,
        finishedAt,
        durationMillis,
        output,
        outputTruncated,
        errorMessage,
        source,
        commit,
        receivedAt,
        deadline,
        orderedAt,
        began,
        newEnded,
        newFinished);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static <T> @Nullable T first(@Nullable T wanted, @Nullable T otherwise) {
    return wanted == null ? otherwise : wanted;
  }

  private static @Nullable String joined(@Nullable String before, @Nullable String more) {
    if (before == null || before.isEmpty()) {
      return more == null || more.isEmpty() ? null : more;
    }
    return more == null ? before : before + more;
  }

  private static @Nullable String last(@Nullable String text) {
    return text == null || !tooLong(text)
        ? text
        : text.substring(text.offsetByCodePoints(text.length(), -MAX_OUTPUT));
  }

  private static boolean tooLong(String text) {
    return text.length() > MAX_OUTPUT && text.codePointCount(0, text.length()) > MAX_OUTPUT;
  }
}
