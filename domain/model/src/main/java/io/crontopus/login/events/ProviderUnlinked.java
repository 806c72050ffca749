package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** An account at a provider lets a user in no more. */
@EventName("login.provider-unlinked")
public record ProviderUnlinked(
    String tenantId, String userId, String provider, String unlinkedBy, Instant unlinkedAt)
    implements TenantEvent {}
