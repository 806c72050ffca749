package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** Somebody logged in; the session goes on until it is ended. */
@EventName("login.succeeded")
public record UserLoggedIn(String tenantId, String userId, String sessionId, Instant loggedInAt)
    implements TenantEvent {}
