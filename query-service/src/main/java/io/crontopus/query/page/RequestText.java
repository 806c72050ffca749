package io.crontopus.query.page;

import io.crontopus.web.Problem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts in requests, as far as the database can look for them. */
public final class RequestText {

  private static final int MOST = 1_000;

  private RequestText() {}

  /**
   * A filter; an empty one is none.
   *
   * @throws Problem 400 when no row could ever have it
   */
  public static @Nullable String filter(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (value.length() > MOST) {
      throw Problem.invalid(name, "is longer than " + MOST + " characters");
    }
    if (value.indexOf('\0') >= 0) {
      throw Problem.invalid(name, "has a NUL character");
    }
    return value;
  }

  /**
   * A part of the path.
   *
   * @param what the resource that it names
   * @throws Problem 404 when nothing could ever have this name
   */
  public static String name(String what, String value) {
    if (value.length() > MOST || value.indexOf('\0') >= 0) {
      throw Problem.notFound(what);
    }
    return value;
  }

  /**
   * A filter with a fixed set of values, several of them separated by commas or repeated.
   *
   * @throws Problem 400 when one of them is not in the set
   */
  public static List<String> anyOf(
      String name, @Nullable List<String> values, Collection<String> known) {
    if (values == null) {
      return List.of();
    }
    Set<String> wanted = new LinkedHashSet<>();
    for (String value : values) {
      for (String one : value.split(",", -1)) {
        String word = one.strip();
        if (!word.isEmpty() && !known.contains(word)) {
          throw Problem.invalid(name, "must be one of " + String.join(", ", known));
        }
        if (!word.isEmpty()) {
          wanted.add(word);
        }
      }
    }
    return List.copyOf(wanted);
  }
}
