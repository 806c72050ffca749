package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/**
 * A user let a program in that has no browser; it logs in with that once, if it still wants to.
 *
 * @param requestId which request of a program it was
 * @param client what the program called itself
 * @param clientAddress where it asked from; empty when that is not known
 */
@EventName("login.device-approved")
public record DeviceLoginApproved(
    String tenantId,
    String userId,
    String requestId,
    String client,
    String clientAddress,
    Instant approvedAt)
    implements TenantEvent {}
