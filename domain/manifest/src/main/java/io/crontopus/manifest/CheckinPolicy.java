package io.crontopus.manifest;

import java.time.Duration;

/**
 * How a job's runs are reported and judged.
 *
 * @param enabled false: the job runs, and nothing about its runs is reported
 * @param timeout how long a run may take; a longer one is ended and recorded as {@code timeout}.
 *     Zero: no limit
 * @param grace how late a run may start before it counts as missed
 * @param minRuntime a success that took less than this counts as a failure. Zero: no minimum
 * @param output what of the output is kept
 */
public record CheckinPolicy(
    boolean enabled, Duration timeout, Duration grace, Duration minRuntime, OutputPolicy output) {

  /** Reported, no time limit, five minutes of grace, the last 10,000 bytes of output. */
  public static final CheckinPolicy DEFAULT =
      new CheckinPolicy(
          true, Duration.ZERO, Duration.ofMinutes(5), Duration.ZERO, OutputPolicy.DEFAULT);
}
