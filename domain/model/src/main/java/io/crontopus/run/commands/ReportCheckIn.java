package io.crontopus.run.commands;

import io.crontopus.run.CheckInStatus;
import io.crontopus.run.JobRef;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job reports that it began, goes on, said something or ended.
 *
 * @param runId the run as the client names it; null to mean the latest open run, or a new one
 * @param newRunId the id to use when a new run has to be made
 * @param startedAt when the run began, by the machine's clock
 * @param finishedAt when it ended, by the machine's clock
 * @param output what it printed, already cut to the limit
 * @param outputTruncated whether something was cut away
 * @param source what sent the report: {@code api}, {@code agent} or {@code ping}
 * @param receivedAt when the platform got it
 */
public record ReportCheckIn(
    String tenantId,
    @Nullable String runId,
    String newRunId,
    JobRef job,
    @Nullable String endpointId,
    CheckInStatus status,
    @Nullable Integer exitCode,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Duration duration,
    @Nullable String output,
    boolean outputTruncated,
    @Nullable String errorMessage,
    @Nullable String commit,
    String source,
    Instant receivedAt) {}
