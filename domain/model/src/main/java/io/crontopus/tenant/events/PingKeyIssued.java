package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A job can report with a key in an address. */
@EventName("tenant.ping-key-issued")
public record PingKeyIssued(
    String tenantId,
    String keyId,
    String namespace,
    String jobName,
    String issuedBy,
    Instant issuedAt)
    implements TenantEvent {}
