package io.crontopus.cli.output;

/**
 * Makes text from elsewhere harmless for a terminal. A job's name or output may hold escape
 * sequences that move the cursor, change the window's title or make text read backwards; each such
 * character is shown as what it is ({@code \x1b}, {@code \u202e}) instead of being obeyed.
 */
public final class SafeText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;
  private static final int SOFT_HYPHEN = 0xad;

  private SafeText() {}

  /** One line: line ends and tabs are shown as {@code \n}, {@code \r} and {@code \t}. */
  public static String line(String text) {
    return neutralise(text, false);
  }

  /** Several lines: line ends and tabs stay; a carriage return before a line end is dropped. */
  public static String block(String text) {
    return neutralise(text.replace("\r\n", "\n"), true);
  }

  private static String neutralise(String text, boolean keepsLines) {
    int first = firstToEscape(text, keepsLines);
    if (first < 0) {
      return text;
    }
    var safe = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int at = first; at < text.length(); ) {
      int character = text.codePointAt(at);
      if (isHarmless(character, keepsLines)) {
        safe.appendCodePoint(character);
      } else {
        safe.append(escaped(character));
      }
      at += Character.charCount(character);
    }
    return safe.toString();
  }

  private static int firstToEscape(String text, boolean keepsLines) {
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      if (!isHarmless(character, keepsLines)) {
        return at;
      }
      at += Character.charCount(character);
    }
    return -1;
  }

  private static boolean isHarmless(int character, boolean keepsLines) {
    if (character >= 0x20 && character < 0x7f) {
      return true;
    }
    if (character == '\n' || character == '\t') {
      return keepsLines;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT ->
          character == ZERO_WIDTH_JOINER
              || character == ZERO_WIDTH_NON_JOINER
              || character == SOFT_HYPHEN;
      default -> true;
    };
  }

  private static String escaped(int character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          character <= 0xff
              ? "\\x%02x".formatted(character)
              : character <= 0xffff
                  ? "\\u%04x".formatted(character)
                  : "\\U%08x".formatted(character);
    };
  }
}
