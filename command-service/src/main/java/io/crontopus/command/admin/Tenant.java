package io.crontopus.command.admin;

import io.crontopus.identity.tenant.TenantState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant, as operators see it: how it stands and how large it is, and nothing of what it has.
 *
 * @param since since when it is in this state
 * @param by who brought it there; null for a tenant that nobody has touched
 * @param purgeAfter when its data will be removed; null unless it is being deleted
 * @param endpoints how many endpoints have a token
 * @param apiTokens how many API tokens are in use
 */
record Tenant(
    String id,
    TenantState state,
    Instant since,
    @Nullable String by,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant purgeAfter,
    long users,
    long endpoints,
    long apiTokens) {}
