package io.crontopus.user.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** An invitation became a user. */
@EventName("user.invitation-accepted")
public record InvitationAccepted(
    String tenantId, String invitationId, String userId, Instant acceptedAt)
    implements TenantEvent {}
