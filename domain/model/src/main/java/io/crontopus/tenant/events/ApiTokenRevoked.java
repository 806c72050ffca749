package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** An API token stopped working. */
@EventName("tenant.api-token-revoked")
public record ApiTokenRevoked(String tenantId, String tokenId, String revokedBy, Instant revokedAt)
    implements TenantEvent {}
