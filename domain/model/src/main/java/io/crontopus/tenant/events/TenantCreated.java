package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** An operator made a tenant, and invited its first owner. */
@EventName("tenant.created")
public record TenantCreated(
    String tenantId, String invitationId, String reason, String createdBy, Instant createdAt)
    implements TenantEvent {}
