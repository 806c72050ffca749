package io.crontopus.enrollment.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody may enroll machines. The token itself is in no event.
 *
 * @param maxUses how often; null for no limit
 */
@EventName("enrollment.token-issued")
public record EnrollmentTokenIssued(
    String tenantId,
    String tokenId,
    String name,
    @Nullable Integer maxUses,
    @Nullable Instant expiresAt,
    String issuedBy,
    Instant issuedAt)
    implements TenantEvent {}
