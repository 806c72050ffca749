package io.crontopus.user.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** Somebody may become a user of the tenant. Neither the address nor the token is in an event. */
@EventName("user.invitation-made")
public record InvitationMade(
    String tenantId,
    String invitationId,
    String role,
    Instant expiresAt,
    String invitedBy,
    Instant invitedAt)
    implements TenantEvent {}
