package io.crontopus.query.page;

import io.crontopus.web.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times in requests: RFC 3339 with any offset, between the years 1 and 9999. */
public final class RequestTime {

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private RequestTime() {}

  /** A parameter that may be missing. */
  public static @Nullable Instant optional(String name, @Nullable String value) {
    return value == null || value.isEmpty() ? null : parse(name, value);
  }

  /**
   * Reads a time.
   *
   * @throws Problem 400 when it is none
   */
  public static Instant parse(String name, String value) {
    try {
      // A plus sign that nobody escaped arrives as a space.
      Instant time = OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
      if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw Problem.invalid(name, "must be an RFC 3339 time such as 2026-01-31T13:45:00Z");
  }
}
