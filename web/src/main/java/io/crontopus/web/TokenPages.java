package io.crontopus.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists that are ordered by creation, newest first. */
public final class TokenPages {

  private static final int MOST = 1_000;

  /** Where a page starts: behind the row with this time and id; both null for the first page. */
  public record Start(@Nullable Instant beforeTime, @Nullable String beforeId) {}

  private TokenPages() {}

  /**
   * Reads a request's page parameters.
   *
   * @throws Problem 400 when they are not valid
   */
  public static Start start(int limit, @Nullable String cursor) {
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "must be between 1 and " + MOST);
    }
    Cursor after = Cursor.decode(cursor, 2);
    if (after == null) {
      return new Start(null, null);
    }
    String id = after.keys().getLast();
    try {
      Instant time = Instant.parse(after.keys().getFirst());
      if (RequestCheck.isTime(time) && id.chars().noneMatch(Character::isISOControl)) {
        return new Start(time, id);
      }
    } catch (DateTimeParseException notOurs) {
      // told below, like every other cursor that is not ours
    }
    throw Problem.invalid("cursor", "not a cursor of this list");
  }

  /**
   * Where the page behind this one starts; null when this is the last one.
   *
   * @param found the rows of this page, and one more if there is one
   */
  public static <T> @Nullable String next(
      List<T> found, int limit, Function<T, Instant> time, Function<T, String> id) {
    if (found.size() <= limit) {
      return null;
    }
    T last = found.get(limit - 1);
    return Cursor.after(time.apply(last).toString(), id.apply(last)).encode();
  }
}
