package io.crontopus.projection.processing;

import java.time.Duration;

/**
 * How a follower of the log paces itself.
 *
 * @param batch how many events it takes in one transaction at most
 */
record Pacing(int batch) {

  static final Pacing LIVE = new Pacing(2_000);
  static final Pacing REBUILD = new Pacing(5_000);

  /** How long it waits for news before it looks by itself. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** How long it lets events gather: one batch of many costs less than many of one. */
  static final Duration GATHER = Duration.ofMillis(15);

  /** How far it may be ahead, in memory, of the position that is stored, with nothing to store. */
  static final long UNSTORED = 20_000;

  static final Duration FIRST_RETRY = Duration.ofMillis(100);
  static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  /** The pause after one more failure. */
  static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_RETRY) < 0 ? twice : LONGEST_RETRY;
  }
}
