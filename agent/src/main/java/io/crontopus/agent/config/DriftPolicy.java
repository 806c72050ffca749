package io.crontopus.agent.config;

/** What follows when somebody edited the managed block by hand. */
public enum DriftPolicy {
  /** It is reported and put right. */
  RESTORE,
  /** It is reported; the edited lines stay until the job's manifest changes. */
  REPORT
}
