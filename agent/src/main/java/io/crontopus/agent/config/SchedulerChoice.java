package io.crontopus.agent.config;

/** What starts the jobs. */
public enum SchedulerChoice {
  /** The machine's cron where it has one, else the agent itself. */
  AUTO,
  /** The user's crontab. */
  CRON,
  /** The agent's own process; nothing on the machine is changed. */
  EMBEDDED
}
