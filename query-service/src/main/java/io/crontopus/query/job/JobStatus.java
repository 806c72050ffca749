package io.crontopus.query.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a job is, told from its definition and its latest run. */
public enum JobStatus {
  /** Never ran. */
  NEW,
  RUNNING,
  UP,
  /** The latest run failed, timed out or never began. */
  DOWN,
  PAUSED,
  /** In no scheduler. */
  DISABLED;

  /** The name in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(JobStatus::wireName).toList();
  }
}
