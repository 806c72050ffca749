package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/**
 * The first sign of life since an enrollment.
 *
 * @param seenAt when it was received
 */
@EventName("endpoint.first-seen")
public record EndpointFirstSeen(String tenantId, String endpointId, Instant seenAt)
    implements EndpointEvent {}
