package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** An operator wants a tenant to be gone; until then it can be resumed. */
@EventName("tenant.deletion-requested")
public record TenantDeletionRequested(
    String tenantId, String reason, Instant purgeAfter, String requestedBy, Instant requestedAt)
    implements TenantEvent {}
