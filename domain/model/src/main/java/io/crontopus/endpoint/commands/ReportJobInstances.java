package io.crontopus.endpoint.commands;

import io.crontopus.endpoint.EndpointId;
import io.crontopus.endpoint.JobInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint tells everything that its scheduler has of ours.
 *
 * @param instances complete: what is not in it is not there
 */
public record ReportJobInstances(
    EndpointId endpoint,
    Instant observedAt,
    Instant receivedAt,
    @Nullable String commit,
    @Nullable String scheduler,
    List<JobInstance> instances) {}
