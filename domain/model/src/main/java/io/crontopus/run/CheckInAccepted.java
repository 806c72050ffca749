package io.crontopus.run;

/**
 * The answer to a check-in.
 *
 * @param runId the run it belongs to
 * @param status the run's status after it
 * @param known whether the check-in told nothing new
 */
public record CheckInAccepted(String runId, RunStatus status, boolean known) {}
