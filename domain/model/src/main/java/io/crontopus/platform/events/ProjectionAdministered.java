package io.crontopus.platform.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator is about to do something to a projection. Of no tenant. Told before it is done, so
 * that nothing is done untold; what is refused after all, because another operator was faster, was
 * told as well.
 *
 * @param action {@code rebuild}, {@code abort}, or of an event that it could not take {@code read},
 *     {@code retry} or {@code drop}
 * @param position of that event in the log; null when it is about the whole projection
 * @param reason why, as the operator says
 */
@EventName("platform.projection-administered")
public record ProjectionAdministered(
    String projection,
    String action,
    @Nullable Long position,
    String reason,
    String by,
    Instant at) {}
