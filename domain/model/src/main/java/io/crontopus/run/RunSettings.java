package io.crontopus.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The job's settings that were in force when a run began, kept with the run so that a later change
 * of the manifest does not judge it anew.
 *
 * @param jobId the job's id, when the job is known
 * @param commit the commit that defined it
 * @param maxRuntime how long the run may take; null for no limit
 * @param grace how much longer to wait for its report before it counts as timed out
 */
public record RunSettings(
    @Nullable String jobId,
    @Nullable String commit,
    @Nullable Duration maxRuntime,
    Duration grace) {

  /** Settings of a job that no manifest defines. */
  public static final RunSettings UNKNOWN_JOB = new RunSettings(null, null, null, Duration.ZERO);
}
