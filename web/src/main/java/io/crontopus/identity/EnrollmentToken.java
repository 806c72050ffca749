package io.crontopus.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An enrollment token, without its secret. */
public record EnrollmentToken(
    String id,
    String tenantId,
    String name,
    String prefix,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Integer maxUses,
    int usedCount,
    @Nullable Instant revokedAt) {}
