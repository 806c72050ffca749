package io.crontopus.run.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/** A run said that it is still going on, so that its deadline moved. */
@EventName("run.extended")
public record RunExtended(String tenantId, String runId, Instant deadline, Instant receivedAt)
    implements RunEvent {}
