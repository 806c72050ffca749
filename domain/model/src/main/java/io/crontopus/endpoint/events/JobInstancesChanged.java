package io.crontopus.endpoint.events;

import io.crontopus.endpoint.JobInstance;
import io.crontopus.event.EventName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's scheduler has of ours is not what it was.
 *
 * @param changed instances that are new or differ
 * @param removed ids of the jobs that are no longer there
 */
@EventName("endpoint.job-instances-changed")
public record JobInstancesChanged(
    String tenantId,
    String endpointId,
    @Nullable String commit,
    @Nullable String scheduler,
    List<JobInstance> changed,
    List<String> removed,
    Instant observedAt,
    Instant receivedAt)
    implements EndpointEvent {}
