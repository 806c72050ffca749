package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/**
 * A silent or offline endpoint gave a sign of life.
 *
 * @param seenAt when it was received
 */
@EventName("endpoint.came-back")
public record EndpointCameBack(String tenantId, String endpointId, Instant seenAt)
    implements EndpointEvent {}
