package io.crontopus.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a page of a list ended: the sort keys of its last row, opaque to clients. */
public record Cursor(List<String> keys) {

  private static final String SEPARATOR = "\n";

  public Cursor {
    keys = List.copyOf(keys);
  }

  /** A cursor behind the row with these sort keys; none of them may contain a line break. */
  public static Cursor after(String... keys) {
    return new Cursor(List.of(keys));
  }

  /** The text that clients send back. */
  public String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, keys).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a client's cursor; null stays null.
   *
   * @throws Problem when it is none of ours
   */
  public static @Nullable Cursor decode(@Nullable String text, int keys) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      Cursor cursor = new Cursor(List.of(decoded.split(SEPARATOR, -1)));
      if (cursor.keys.size() == keys) {
        return cursor;
      }
    } catch (IllegalArgumentException notBase64) {
      // told below, like every other cursor that is not ours
    }
    throw Problem.invalid("cursor", "not a cursor of this list");
  }
}
