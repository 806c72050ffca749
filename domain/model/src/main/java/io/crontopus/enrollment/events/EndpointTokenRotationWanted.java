package io.crontopus.enrollment.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** Somebody wants an endpoint to exchange its token; its agent is told when it is connected. */
@EventName("enrollment.endpoint-token-rotation-wanted")
public record EndpointTokenRotationWanted(
    String tenantId, String endpointId, String wantedBy, Instant wantedAt) implements TenantEvent {}
