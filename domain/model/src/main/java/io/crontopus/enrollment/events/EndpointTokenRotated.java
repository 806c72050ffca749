package io.crontopus.enrollment.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** An endpoint uses a new token, and those before it stopped working. */
@EventName("enrollment.endpoint-token-rotated")
public record EndpointTokenRotated(String tenantId, String endpointId, Instant rotatedAt)
    implements TenantEvent {}
