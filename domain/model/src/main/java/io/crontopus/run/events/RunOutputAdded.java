package io.crontopus.run.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/** A run printed something. */
@EventName("run.output-added")
public record RunOutputAdded(
    String tenantId, String runId, String output, boolean outputTruncated, Instant receivedAt)
    implements RunEvent {}
