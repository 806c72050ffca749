package io.crontopus.user.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A user is no more, with tokens, sessions and invitations. */
@EventName("user.removed")
public record UserRemoved(String tenantId, String userId, String removedBy, Instant removedAt)
    implements TenantEvent {}
