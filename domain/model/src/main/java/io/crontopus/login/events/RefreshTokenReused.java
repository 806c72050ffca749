package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/**
 * A refresh token came a second time: it, or the one that followed it, is in the wrong hands. The
 * session has ended.
 */
@EventName("login.refresh-token-reused")
public record RefreshTokenReused(
    String tenantId, String userId, String sessionId, Instant detectedAt) implements TenantEvent {}
