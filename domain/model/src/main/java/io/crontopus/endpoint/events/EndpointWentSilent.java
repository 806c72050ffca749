package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/**
 * Several heartbeats in a row did not come while the platform was listening.
 *
 * @param lastSeenAt when the last one was received
 * @param judgedAt until when all that was received was known
 */
@EventName("endpoint.went-silent")
public record EndpointWentSilent(
    String tenantId, String endpointId, Instant lastSeenAt, Instant judgedAt)
    implements EndpointEvent {}
