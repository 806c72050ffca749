package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;
import java.util.List;

/** A user joined a tenant. Names and addresses are personal and stay out of the log. */
@EventName("tenant.user-registered")
public record UserRegistered(
    String tenantId, String userId, List<String> roles, Instant registeredAt)
    implements TenantEvent {}
