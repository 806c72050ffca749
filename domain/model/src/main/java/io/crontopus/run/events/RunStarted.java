package io.crontopus.run.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run began.
 *
 * @param commit the commit that defined the job as it ran
 * @param startedAt by the machine's clock, or the time of receipt when the machine did not say
 * @param deadline when the run times out; null for never
 * @param maxRuntimeMillis the limit in force, kept so that an extension uses the same
 * @param graceMillis the grace in force
 */
@EventName("run.started")
public record RunStarted(
    String tenantId,
    String runId,
    String namespace,
    String jobName,
    @Nullable String jobId,
    @Nullable String endpointId,
    @Nullable String commit,
    String source,
    Instant startedAt,
    Instant receivedAt,
    @Nullable Instant deadline,
    @Nullable Long maxRuntimeMillis,
    long graceMillis)
    implements RunEvent {}
