package io.crontopus.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A login that has not ended.
 *
 * @param lastUsedAt to about a minute
 * @param expiresAt when it ends unless it is refreshed before
 * @param address where its user came from the last time that it was refreshed
 * @param userAgent what that client called itself
 */
public record Session(
    String id,
    String userId,
    Instant createdAt,
    Instant lastUsedAt,
    Instant expiresAt,
    @Nullable String address,
    @Nullable String userAgent) {}
