package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/**
 * An operator let a tenant go on.
 *
 * @param undeleted whether it was to be gone
 */
@EventName("tenant.resumed")
public record TenantResumed(
    String tenantId, String reason, boolean undeleted, String resumedBy, Instant resumedAt)
    implements TenantEvent {}
