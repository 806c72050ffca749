package io.crontopus.job.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/** A commit took a job away. */
@EventName("job.removed")
public record JobRemoved(
    String tenantId, String jobId, String namespace, String name, String commit, Instant removedAt)
    implements JobEvent {}
