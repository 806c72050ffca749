package io.crontopus.enrollment.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** An enrollment token stopped working. */
@EventName("enrollment.token-revoked")
public record EnrollmentTokenRevoked(
    String tenantId, String tokenId, String revokedBy, Instant revokedAt) implements TenantEvent {}
