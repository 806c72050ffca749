package io.crontopus.user.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** An invitation is worth nothing any more. */
@EventName("user.invitation-revoked")
public record InvitationRevoked(
    String tenantId, String invitationId, String revokedBy, Instant revokedAt)
    implements TenantEvent {}
