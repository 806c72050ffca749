package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/** An endpoint lost its trust. Its history stays. */
@EventName("endpoint.revoked")
public record EndpointRevoked(String tenantId, String endpointId, Instant revokedAt)
    implements EndpointEvent {}
