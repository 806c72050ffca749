package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A user has another password. */
@EventName("login.password-changed")
public record PasswordChanged(String tenantId, String userId, Instant changedAt)
    implements TenantEvent {}
