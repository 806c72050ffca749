package io.crontopus.run.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run ended. It names the job again because it may be the first that is heard of the run.
 *
 * @param status {@code success}, {@code failure}, {@code timeout} or {@code cancelled}
 * @param startedAt when it began, where that is known
 * @param finishedAt by the machine's clock, or the time of receipt when the machine did not say
 */
@EventName("run.finished")
public record RunFinished(
    String tenantId,
    String runId,
    String namespace,
    String jobName,
    @Nullable String jobId,
    @Nullable String endpointId,
    @Nullable String commit,
    String source,
    String status,
    @Nullable Integer exitCode,
    @Nullable Instant startedAt,
    Instant finishedAt,
    @Nullable Long durationMillis,
    @Nullable String output,
    boolean outputTruncated,
    @Nullable String errorMessage,
    Instant receivedAt)
    implements RunEvent {}
