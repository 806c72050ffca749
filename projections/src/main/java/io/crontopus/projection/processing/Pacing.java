package io.crontopus.projection.processing;

import java.time.Duration;

/**
 * How a follower of the log paces itself.
 *
 * @param batch how many events it takes in one transaction at most
 */
record Pacing(int batch) {

  static final Pacing LIVE = new Pacing(12_000);
  static final Pacing REBUILD = new Pacing(20_000);

  /** How long it waits for news before it looks by itself. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** How long it lets events gather when few come. */
  private static final Duration GATHER = Duration.ofMillis(15);

  /** The longest that it lets them gather, under the heaviest load. */
  private static final Duration GATHER_MANY = Duration.ofMillis(400);

  /** So many events in a look are worth a millisecond of gathering. */
  private static final long WORTH_A_MILLI = 16;

  /** How far it may be ahead, in memory, of the position that is stored, with nothing to store. */
  static final long UNSTORED = 20_000;

  /** How long it may be ahead of it by any number. */
  static final Duration STORED_AFTER = Duration.ofSeconds(3);

  static final Duration FIRST_RETRY = Duration.ofMillis(100);
  static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  /**
   * How long to let events gather: one batch of many costs less than many of one, and the more
   * come, the more so. Below some thousand a second this stays far below a quarter of a second.
   *
   * @param passed how many events of any kind the last look found
   * @param waited how long none came since: whoever had that much rest is not under load any more
   */
  static Duration gather(long passed, Duration waited) {
    long wanted = Math.min(passed / WORTH_A_MILLI, GATHER_MANY.toMillis());
    return Duration.ofMillis(Math.max(wanted - waited.toMillis(), GATHER.toMillis()));
  }

  /** The pause after one more failure. */
  static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_RETRY) < 0 ? twice : LONGEST_RETRY;
  }
}
