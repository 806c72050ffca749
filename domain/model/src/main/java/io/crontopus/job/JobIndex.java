package io.crontopus.job;

import io.crontopus.job.events.JobDefined;

/** The settings of the jobs as they are now, kept in the transaction that appends their events. */
public interface JobIndex {

  /** Records what the job is now. */
  void put(JobDefined definition);

  /** Records that there is no such job now. */
  void remove(JobId job);
}
