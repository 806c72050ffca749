package io.crontopus.manifest;

/** What happens when a run is due while the previous one of the same job is still going. */
public enum Concurrency {
  /** Both run, as cron does it. */
  ALLOW,
  /** The new run is skipped. */
  FORBID,
  /** The running one is ended, then the new one starts. */
  REPLACE
}
