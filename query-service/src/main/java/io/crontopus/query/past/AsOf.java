package io.crontopus.query.past;

import io.crontopus.query.page.RequestTime;
import io.crontopus.web.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about time: the parameter {@code as_of}, or a cursor that carries a moment
 * from the page before.
 *
 * @param at the moment asked for; null for now
 * @param moment the same, where the page before found out the position already
 * @param cursor the cursor without the moment
 */
public record AsOf(@Nullable Instant at, @Nullable Moment moment, @Nullable String cursor) {

  /** Parts a list's cursor from the moment; not a character of the cursor's own. */
  static final String SEPARATOR = ".";

  static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private static final String PARAMETER = "as_of";

  /** For what has no pages. */
  public static AsOf of(@Nullable String asOf, Instant now) {
    return of(asOf, null, now);
  }

  /**
   * Reads the parameters.
   *
   * @throws Problem 400 when they are none, lie in the future or contradict each other
   */
  public static AsOf of(@Nullable String asOf, @Nullable String cursor, Instant now) {
    Instant at = RequestTime.optional(PARAMETER, asOf);
    if (at != null && at.isAfter(now)) {
      throw Problem.invalid(PARAMETER, "lies in the future");
    }
    Instant wanted = at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
    if (cursor == null || cursor.isEmpty()) {
      return new AsOf(wanted, null, null);
    }
    int end = cursor.indexOf(SEPARATOR);
    Moment moment = end < 0 ? null : moment(cursor.substring(end + 1));
    if (moment == null && wanted == null) {
      return new AsOf(null, null, cursor);
    }
    if (moment == null || (wanted != null && !wanted.equals(moment.at()))) {
      throw Problem.invalid("cursor", "belongs to a list as of another time");
    }
    return new AsOf(moment.at(), moment, cursor.substring(0, end));
  }

  private static Moment moment(String text) {
    int dash = text.lastIndexOf('-');
    try {
      if (dash > 0) {
        Instant at = Instant.ofEpochMilli(Long.parseLong(text.substring(0, dash)));
        return new Moment(
            RequestTime.parse("cursor", at.toString()), Long.parseLong(text.substring(dash + 1)));
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw Problem.invalid("cursor", "not a cursor of this list");
  }
}
