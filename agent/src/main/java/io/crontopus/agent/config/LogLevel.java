package io.crontopus.agent.config;

/** How much the agent says on standard error. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG
}
