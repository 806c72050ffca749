package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;
import java.util.List;

/**
 * Sessions of a user ended: their access and refresh tokens are worth nothing any more.
 *
 * @param reason {@code logout}, {@code logout-everywhere}, {@code revoked}, {@code
 *     password-changed} or {@code provider-unlinked}
 */
@EventName("login.sessions-ended")
public record SessionsEnded(
    String tenantId, String userId, List<String> sessionIds, String reason, Instant endedAt)
    implements TenantEvent {}
