package io.crontopus.run;

import java.util.Optional;

/**
 * Settings of the jobs as Git defines them now, readable in the transaction that judges a check-in.
 */
@FunctionalInterface
public interface JobSettings {

  /** The settings of this job; empty when no manifest defines it. */
  Optional<RunSettings> find(String tenantId, JobRef job);
}
