package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/**
 * Nothing was heard of any endpoint of a tenant any more, although several were online: what is
 * between them and the platform is more likely at fault than each of them. How they are is not
 * known until one is heard again.
 *
 * @param endpoints how many were online
 * @param lastSeenAt when the last sign of life of any of them was received
 * @param judgedAt until when all that was received was known
 */
@EventName("fleet.went-quiet")
public record FleetWentQuiet(String tenantId, long endpoints, Instant lastSeenAt, Instant judgedAt)
    implements FleetEvent {}
