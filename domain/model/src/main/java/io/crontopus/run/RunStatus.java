package io.crontopus.run;

import java.util.Locale;

/** The state of a run. */
public enum RunStatus {
  RUNNING,
  SUCCESS,
  FAILURE,
  TIMEOUT,
  CANCELLED,
  /** A run that never began. */
  MISSED;

  /** The name in the API and in events. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status that was stored under this name. */
  public static RunStatus ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
