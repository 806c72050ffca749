package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/**
 * A silent endpoint stayed silent for long.
 *
 * @param lastSeenAt when its last heartbeat was received
 * @param judgedAt until when all that was received was known
 */
@EventName("endpoint.went-offline")
public record EndpointWentOffline(
    String tenantId, String endpointId, Instant lastSeenAt, Instant judgedAt)
    implements EndpointEvent {}
