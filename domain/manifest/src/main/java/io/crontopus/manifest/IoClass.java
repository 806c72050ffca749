package io.crontopus.manifest;

/** The I/O scheduling class that a run gets, as {@code ionice} knows it. */
public enum IoClass {
  IDLE,
  BEST_EFFORT,
  REALTIME
}
