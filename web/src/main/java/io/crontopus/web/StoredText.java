package io.crontopus.web;

/**
 * Which texts can be stored: PostgreSQL's have no NUL, and UTF-8 has no halves of surrogate pairs,
 * which an escape in JSON brings all the same. No projection could take an event with either.
 */
public final class StoredText {

  private static final char NUL = '\u0000';

  /** Stands for NUL. */
  private static final char SYMBOL_FOR_NUL = '\u2400';

  private static final char REPLACEMENT = '\uFFFD';

  private StoredText() {}

  /** Whether this can be a name or a line: without control characters and halves of pairs. */
  public static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  /** The text without what cannot be stored: NUL, and halves of surrogate pairs. */
  public static String readable(String text) {
    StringBuilder readable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == NUL) {
        readable.append(SYMBOL_FOR_NUL);
      } else if (!Character.isSurrogate(c)) {
        readable.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        readable.append(c).append(text.charAt(++i));
      } else {
        readable.append(REPLACEMENT);
      }
    }
    return readable.toString();
  }

  /** The text's beginning, of at most this many characters, without what cannot be stored. */
  public static String readable(String text, int most) {
    return readable(text.length() <= most ? text : text.substring(0, most));
  }
}
