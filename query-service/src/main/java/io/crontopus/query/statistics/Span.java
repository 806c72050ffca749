package io.crontopus.query.statistics;

import io.crontopus.query.page.RequestTime;
import io.crontopus.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span of time in whole hours, because runs are counted by the hour.
 *
 * @param from is included
 * @param to is not
 */
record Span(Instant from, Instant to) {

  private static final Duration DEFAULT = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(3_700);
  private static final Duration ALMOST_AN_HOUR = Duration.ofHours(1).minusNanos(1);
  private static final Duration ALMOST_A_DAY = Duration.ofDays(1).minusNanos(1);

  /**
   * Reads the parameters; both ends move outwards to the full hour.
   *
   * @param from a day before the end, unless given
   * @param to the present, unless given
   * @throws Problem 400 when they are not times, or the span is empty or longer than ten years
   */
  static Span of(@Nullable String from, @Nullable String to, Instant now) {
    Instant end = RequestTime.optional("to", to);
    Instant last = hourAfter(end == null ? now : end);
    Instant start = RequestTime.optional("from", from);
    Instant first = start == null ? last.minus(DEFAULT) : start.truncatedTo(ChronoUnit.HOURS);
    if (!first.isBefore(last)) {
      throw Problem.invalid("from", "must be before the end of the span");
    }
    if (Duration.between(first, last).compareTo(LONGEST) > 0) {
      throw Problem.invalid("from", "must be at most ten years before the end of the span");
    }
    return new Span(first, last);
  }

  /** The start of the first full day (UTC); the end of the span when it has none. */
  Instant firstDay() {
    Instant day = from.plus(ALMOST_A_DAY).truncatedTo(ChronoUnit.DAYS);
    return day.isBefore(lastDay()) ? day : to;
  }

  /** The end of the last full day (UTC), which is before {@link #firstDay} when there is none. */
  Instant lastDay() {
    return to.truncatedTo(ChronoUnit.DAYS);
  }

  /** How many pieces it has; those at the ends may be shorter. */
  long pieces(Bucket bucket) {
    return Duration.between(from, to).dividedBy(bucket.length()) + 2;
  }

  private static Instant hourAfter(Instant time) {
    return time.plus(ALMOST_AN_HOUR).truncatedTo(ChronoUnit.HOURS);
  }
}
