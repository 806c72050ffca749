package io.crontopus.user.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A user has another role. */
@EventName("user.role-changed")
public record RoleChanged(
    String tenantId,
    String userId,
    String before,
    String after,
    String changedBy,
    Instant changedAt)
    implements TenantEvent {}
