package io.crontopus.login.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/**
 * Logins of a user failed, or a change of the password that takes it. At most one such event a user
 * and minute.
 *
 * @param count how many since the event before
 * @param lastAddress where the last of them came from; empty when that is not known
 */
@EventName("login.failed")
public record LoginFailed(
    String tenantId, String userId, int count, String lastAddress, Instant firstAt, Instant lastAt)
    implements TenantEvent {}
