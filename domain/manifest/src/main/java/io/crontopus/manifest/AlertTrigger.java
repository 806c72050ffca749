package io.crontopus.manifest;

/** What an alert rule waits for. */
public enum AlertTrigger {
  FAILURE,
  TIMEOUT,
  MISSED,
  LATE,
  RECOVERED,
  DRIFT
}
