package io.crontopus.command.sso;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's account at a provider.
 *
 * @param lastUsedAt null when nobody has signed in with it yet
 */
record Identity(
    String provider,
    String tenantId,
    String userId,
    Instant linkedAt,
    @Nullable Instant lastUsedAt) {}
