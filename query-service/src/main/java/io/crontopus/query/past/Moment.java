package io.crontopus.query.past;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A moment that was, and where the log of events stood then.
 *
 * @param at to the millisecond, as the times of the log
 * @param position the last event that counts
 */
public record Moment(Instant at, long position) {

  /**
   * A run is ordered by a time that is no later than when it was recorded; this much is left to
   * clocks that were set back in between.
   */
  private static final long TOLERANCE_SECONDS = 1;

  /** What the response says that it answers for. */
  public String header() {
    return AsOf.MILLIS.format(at) + "; position=" + position;
  }

  /** The cursor of a list as it is now, made one of the list as it was; null stays null. */
  public @Nullable String carriedBy(@Nullable String cursor) {
    return cursor == null ? null : cursor + AsOf.SEPARATOR + at.toEpochMilli() + "-" + position;
  }

  /** No run that was known then is ordered behind this. */
  public Instant latestRun() {
    return at.plus(TOLERANCE_SECONDS, ChronoUnit.SECONDS);
  }
}
