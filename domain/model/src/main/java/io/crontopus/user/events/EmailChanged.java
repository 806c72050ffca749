package io.crontopus.user.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A user has another e-mail address. */
@EventName("user.email-changed")
public record EmailChanged(String tenantId, String userId, Instant changedAt)
    implements TenantEvent {}
