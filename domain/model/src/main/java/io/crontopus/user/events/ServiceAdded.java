package io.crontopus.user.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A program became a user of the tenant: one without a password, which has API tokens only. */
@EventName("user.service-added")
public record ServiceAdded(
    String tenantId, String userId, String role, String addedBy, Instant addedAt)
    implements TenantEvent {}
