package io.crontopus.audit.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody takes a copy of a log. Told before the first line of it is sent; the copy ends before
 * this event.
 *
 * @param tenantId whose log it is; null for the platform's own
 * @param fromSeq the first event that was asked for
 * @param toSeq the last one; less than the first when there is none
 * @param treeSize of the checkpoint that covers it; 0 when nothing was signed yet
 * @param format {@code ndjson}
 */
@EventName("audit.exported")
public record AuditExported(
    @Nullable String tenantId,
    long fromSeq,
    long toSeq,
    long treeSize,
    String format,
    String by,
    Instant at) {}
