package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** An operator stopped a tenant: nobody of it gets in, and nothing of it is lost. */
@EventName("tenant.suspended")
public record TenantSuspended(
    String tenantId, String reason, String suspendedBy, Instant suspendedAt)
    implements TenantEvent {}
