package io.crontopus.user.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/** A user has shown that they read what is sent to their e-mail address. */
@EventName("user.email-verified")
public record EmailVerified(String tenantId, String userId, Instant verifiedAt)
    implements TenantEvent {}
