package io.crontopus.command.user;

import io.crontopus.identity.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation, without its secret.
 *
 * @param invitedBy the id of the user who made it, or whose token did
 */
record Invitation(
    String id,
    String tenantId,
    String email,
    Role role,
    String prefix,
    String invitedBy,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant acceptedAt,
    @Nullable Instant revokedAt) {}
