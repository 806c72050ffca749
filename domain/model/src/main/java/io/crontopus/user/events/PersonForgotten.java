package io.crontopus.user.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import java.time.Instant;

/**
 * What events tell of a person can be read by nobody any more: the key is gone under which their
 * name and address were sealed.
 *
 * @param keyId which key that was
 */
@EventName("user.person-forgotten")
public record PersonForgotten(
    String tenantId, String keyId, String forgottenBy, Instant forgottenAt)
    implements TenantEvent {}
