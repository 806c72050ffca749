package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A key in an address stopped working. */
@EventName("tenant.ping-key-revoked")
public record PingKeyRevoked(String tenantId, String keyId, String revokedBy, Instant revokedAt)
    implements TenantEvent {}
