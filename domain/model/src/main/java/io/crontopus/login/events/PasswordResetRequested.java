package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** Somebody asked for a link by which a user can choose another password; it went to that user. */
@EventName("login.password-reset-requested")
public record PasswordResetRequested(String tenantId, String userId, Instant requestedAt)
    implements TenantEvent {}
