package io.crontopus.command.user;

import io.crontopus.identity.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation, without its secret.
 *
 * @param invitedBy the id of the user who made it, or whose token did; null for the first owner of
 *     a tenant, whom an operator invites
 * @param username the name that is proposed to whoever accepts it; null for none
 */
record Invitation(
    String id,
    String tenantId,
    String email,
    Role role,
    String prefix,
    @Nullable String invitedBy,
    @Nullable String username,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant acceptedAt,
    @Nullable Instant revokedAt) {}
