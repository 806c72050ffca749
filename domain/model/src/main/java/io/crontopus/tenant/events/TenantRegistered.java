package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A tenant came to be. */
@EventName("tenant.registered")
public record TenantRegistered(String tenantId, String registeredBy, Instant registeredAt)
    implements TenantEvent {}
