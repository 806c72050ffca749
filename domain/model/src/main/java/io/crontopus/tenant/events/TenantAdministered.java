package io.crontopus.tenant.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something was done to a tenant from outside. Of no tenant: it stays in the platform's own log
 * when the tenant's is gone.
 *
 * @param tenant whom it was done to; not named as a tenant's events name theirs, because it is none
 * @param action {@code create}, {@code suspend}, {@code resume}, {@code delete}, or by the platform
 *     itself {@code purge} and {@code purged}
 * @param reason why, as the operator says; for {@code purged} what was removed
 * @param purgeAfter when its data is removed at the earliest; null unless it is to be
 */
@EventName("platform.tenant-administered")
public record TenantAdministered(
    String tenant,
    String action,
    String reason,
    @Nullable Instant purgeAfter,
    String by,
    Instant at) {}
