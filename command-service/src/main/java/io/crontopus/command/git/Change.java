package io.crontopus.command.git;

/** What happened to a file between two commits. */
public enum Change {
  ADDED,
  MODIFIED,
  REMOVED
}
