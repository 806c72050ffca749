package io.crontopus.run.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run came after its deadline: the run stays timed out, and how it ended is known.
 */
@EventName("run.late-result-recorded")
public record RunLateResultRecorded(
    String tenantId,
    String runId,
    String reportedStatus,
    @Nullable Integer exitCode,
    Instant finishedAt,
    @Nullable Long durationMillis,
    @Nullable String output,
    boolean outputTruncated,
    @Nullable String errorMessage,
    Instant receivedAt)
    implements RunEvent {}
