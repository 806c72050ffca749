package io.crontopus.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API token, without its secret.
 *
 * @param prefix its first characters, by which its owner recognises it
 */
public record ApiToken(
    String id,
    String tenantId,
    String userId,
    String name,
    String prefix,
    List<String> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {}
