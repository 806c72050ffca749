package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An API token was made. The token itself is in no event. */
@EventName("tenant.api-token-issued")
public record ApiTokenIssued(
    String tenantId,
    String tokenId,
    String name,
    List<String> scopes,
    @Nullable Instant expiresAt,
    String issuedBy,
    Instant issuedAt)
    implements TenantEvent {}
