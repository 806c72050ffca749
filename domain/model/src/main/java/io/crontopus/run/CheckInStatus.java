package io.crontopus.run;

import java.util.Locale;
import java.util.Optional;

/** What a check-in says about its run. */
public enum CheckInStatus {
  RUNNING,
  SUCCESS,
  FAILURE,
  TIMEOUT,
  CANCELLED,
  /** Adds output, changes no state. */
  LOG;

  /** The status of this name, in the lower case that the API writes. */
  public static Optional<CheckInStatus> named(String name) {
    for (CheckInStatus status : values()) {
      if (status.wireName().equals(name)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** A process's exit code as a status: 0 succeeds, anything else fails. */
  public static CheckInStatus ofExitCode(int exitCode) {
    return exitCode == 0 ? SUCCESS : FAILURE;
  }

  /** The name in the API and in events. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a check-in of this status ends its run. */
  public boolean closes() {
    return this != RUNNING && this != LOG;
  }
}
