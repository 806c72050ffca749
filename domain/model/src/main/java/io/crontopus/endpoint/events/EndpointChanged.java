package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint says something else of itself than before; all it says is here.
 *
 * @param schedulerAlive whether the machine's scheduler runs; null when the agent cannot tell
 * @param seenAt when that was received
 */
@EventName("endpoint.changed")
public record EndpointChanged(
    String tenantId,
    String endpointId,
    @Nullable String version,
    @Nullable String scheduler,
    @Nullable Boolean schedulerAlive,
    @Nullable String appliedCommit,
    Instant seenAt)
    implements EndpointEvent {}
