package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A user has chosen another password by a link that was sent to them. */
@EventName("login.password-reset")
public record PasswordReset(String tenantId, String userId, Instant resetAt)
    implements TenantEvent {}
