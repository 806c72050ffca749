package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A provider vouched for the user of a session; told beside the login itself. */
@EventName("login.by-provider")
public record SignedInByProvider(
    String tenantId, String userId, String sessionId, String provider, Instant signedInAt)
    implements TenantEvent {}
