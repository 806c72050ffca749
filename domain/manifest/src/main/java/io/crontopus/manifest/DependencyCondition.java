package io.crontopus.manifest;

/** What the run of a job that another one depends on must have come to. */
public enum DependencyCondition {
  SUCCESS,
  /** Any end: success, failure or timeout. */
  ANY
}
