package io.crontopus.job.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A commit defined a job, anew or differently. Complete: nothing needs to be read from Git again.
 */
@EventName("job.defined")
public record JobDefined(
    String tenantId,
    String jobId,
    String namespace,
    String name,
    String path,
    String commit,
    Map<String, Object> manifest,
    @Nullable Long maxRuntimeSeconds,
    long graceSeconds,
    Instant definedAt)
    implements JobEvent {}
