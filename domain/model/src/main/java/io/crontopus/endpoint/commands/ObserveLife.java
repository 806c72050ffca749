package io.crontopus.endpoint.commands;

import io.crontopus.endpoint.EndpointId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint is alive, and says this of itself.
 *
 * @param seenAt when its newest heartbeat was received
 * @param judgedAt until when all that was received is known
 */
public record ObserveLife(
    EndpointId endpoint,
    Instant seenAt,
    Instant judgedAt,
    @Nullable String version,
    @Nullable String scheduler,
    @Nullable Boolean schedulerAlive,
    @Nullable String appliedCommit) {}
