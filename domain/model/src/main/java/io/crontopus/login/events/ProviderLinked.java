package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/**
 * From now on an account at a provider lets a user in. Which account that is, is not told.
 *
 * @param consent how the user agreed: {@code password}, {@code session}, {@code invitation} or
 *     {@code registration}
 */
@EventName("login.provider-linked")
public record ProviderLinked(
    String tenantId, String userId, String provider, String consent, Instant linkedAt)
    implements TenantEvent {}
