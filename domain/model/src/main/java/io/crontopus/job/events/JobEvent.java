package io.crontopus.job.events;

import io.crontopus.event.TenantEvent;

/** Something that happened to a job's definition. */
public sealed interface JobEvent extends TenantEvent permits JobDefined, JobRemoved {

  /** The job's id within its tenant. */
  String jobId();
}
