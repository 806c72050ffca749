package io.crontopus.manifest;

/** How the pause between tries grows. */
public enum Backoff {
  /** Always {@code delay}. */
  FIXED,
  /** {@code delay}, twice {@code delay}, three times {@code delay}, … */
  LINEAR,
  /** {@code delay}, twice, four times, eight times {@code delay}, … */
  EXPONENTIAL
}
