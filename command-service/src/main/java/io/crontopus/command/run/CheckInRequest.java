package io.crontopus.command.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A check-in as clients send it.
 *
 * @param status may be missing when there is an exit code
 * @param duration in seconds, with fractions
 */
public record CheckInRequest(
    @Nullable String jobName,
    @Nullable String namespace,
    @Nullable String endpointId,
    @Nullable String status,
    @Nullable String runId,
    @Nullable Integer exitCode,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Double duration,
    @Nullable String output,
    @Nullable Boolean outputTruncated,
    @Nullable String errorMessage,
    @Nullable String commit) {}
