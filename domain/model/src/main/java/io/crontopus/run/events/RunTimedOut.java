package io.crontopus.run.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/** A run's deadline passed without a result. */
@EventName("run.timed-out")
public record RunTimedOut(String tenantId, String runId, Instant deadline, Instant detectedAt)
    implements RunEvent {}
