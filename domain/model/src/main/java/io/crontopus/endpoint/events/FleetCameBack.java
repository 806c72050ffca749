package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/**
 * An endpoint of a quiet fleet was heard again. The others have as long as after a start to follow.
 *
 * @param seenAt when its sign of life was received
 */
@EventName("fleet.came-back")
public record FleetCameBack(String tenantId, Instant seenAt) implements FleetEvent {}
