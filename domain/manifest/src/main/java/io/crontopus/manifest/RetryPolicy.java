package io.crontopus.manifest;

import java.time.Duration;

/**
 * Whether and how a failed run is tried again.
 *
 * @param enabled false: a run is tried once
 * @param attempts tries in all, the first one included; 1 to 100
 * @param backoff how the pause grows from try to try
 * @param delay the pause before the second try
 */
public record RetryPolicy(boolean enabled, int attempts, Backoff backoff, Duration delay) {

  /** The policy of a job that says nothing about retries: tried once. */
  public static final RetryPolicy NONE =
      new RetryPolicy(false, 3, Backoff.EXPONENTIAL, Duration.ofSeconds(30));

  /**
   * The pause before a try.
   *
   * @param attempt the try that follows the pause; 2 is the first retry
   * @return the pause; growth ends at one day
   */
  public Duration delayBefore(int attempt) {
    int step = Math.clamp(attempt - 1L, 1, 30);
    long factor =
        switch (backoff) {
          case FIXED -> 1;
          case LINEAR -> step;
          case EXPONENTIAL -> 1L << (step - 1);
        };
    long longest = Math.max(86_400, delay.toSeconds());
    return Duration.ofSeconds(Math.min(delay.toSeconds() * factor, longest));
  }
}
