package io.crontopus.endpoint.commands;

import io.crontopus.endpoint.EndpointId;
import java.time.Instant;

/**
 * Nothing was heard of an endpoint for a while.
 *
 * @param lastSeenAt when its last heartbeat was received
 * @param judgedAt until when all that was received is known
 * @param forLong whether that is long enough to call it offline
 */
public record ObserveSilence(
    EndpointId endpoint, Instant lastSeenAt, Instant judgedAt, boolean forLong) {}
