package io.crontopus.query.page;

import io.crontopus.web.Cursor;
import io.crontopus.web.Problem;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many, from 1 to 1000
 * @param after the sort keys of the last row of the page before; empty for the first page
 */
public record PageRequest(int limit, List<String> after) {

  private static final int MOST = 1_000;
  private static final int DEFAULT = 100;
  private static final int MOST_DIGITS = 9;

  public PageRequest {
    after = List.copyOf(after);
  }

  /**
   * Reads the parameters.
   *
   * @param keys how many sort keys the list has
   * @throws Problem 400 when they are not valid
   */
  public static PageRequest of(@Nullable String limit, @Nullable String cursor, int keys) {
    @Nullable Cursor decoded = Cursor.decode(cursor, keys);
    return new PageRequest(
        limit == null || limit.isEmpty() ? DEFAULT : number(limit),
        decoded == null ? List.of() : decoded.keys().stream().map(PageRequest::decoded).toList());
  }

  /** The cursor behind the row with these sort keys. */
  public static String cursor(String... keys) {
    return Cursor.after(
            Arrays.stream(keys)
                .map(key -> URLEncoder.encode(key, StandardCharsets.UTF_8))
                .toArray(String[]::new))
        .encode();
  }

  /** How many rows to read: one more than asked for tells whether there is another page. */
  public int rows() {
    return limit + 1;
  }

  /** A sort key; null on the first page. */
  public @Nullable String text(int key) {
    return after.isEmpty() ? null : after.get(key);
  }

  /** A sort key that is a time; null on the first page. */
  public @Nullable Instant time(int key) {
    String text = text(key);
    return text == null ? null : RequestTime.parse("cursor", text);
  }

  /** A sort key that is a number; null on the first page. */
  public @Nullable Long number(int key) {
    String text = text(key);
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw notOurs();
    }
  }

  private static String decoded(String key) {
    try {
      String text = URLDecoder.decode(key, StandardCharsets.UTF_8);
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw notOurs();
  }

  private static int number(String limit) {
    if (limit.length() <= MOST_DIGITS && limit.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = Integer.parseInt(limit);
      if (number >= 1 && number <= MOST) {
        return number;
      }
    }
    throw Problem.invalid("limit", "must be a number between 1 and " + MOST);
  }

  private static Problem notOurs() {
    return Problem.invalid("cursor", "not a cursor of this list");
  }
}
