package io.crontopus.run.events;

import io.crontopus.event.TenantEvent;

/** Something that happened to a run. */
public sealed interface RunEvent extends TenantEvent
    permits RunStarted,
        RunExtended,
        RunOutputAdded,
        RunFinished,
        RunTimedOut,
        RunLateResultRecorded {

  /** The run's id within its tenant. */
  String runId();
}
