package io.crontopus.command.run;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a run printed, as it is stored: readable, and not more than the last bytes of it.
 *
 * @param text the text; null when there was none
 * @param truncated whether something was cut away
 */
record Output(@Nullable String text, boolean truncated) {

  /** How many bytes of UTF-8 are kept. */
  static final int MAX_BYTES = 10_000;

  private static final char NUL = '\u0000';

  /** Stands for NUL, which PostgreSQL cannot store in text. */
  private static final char SYMBOL_FOR_NUL = '\u2400';

  private static final char REPLACEMENT = '\uFFFD';

  static Output of(@Nullable String text) {
    if (text == null) {
      return new Output(null, false);
    }
    String readable = readable(text);
    byte[] bytes = readable.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return new Output(readable, false);
    }
    int start = bytes.length - MAX_BYTES;
    while (start < bytes.length && isContinuation(bytes[start])) {
      start++;
    }
    String kept = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    return new Output("[… " + start + " bytes cut …]\n" + kept, true);
  }

  /** The text without what cannot be stored: NUL, and halves of surrogate pairs. */
  static String readable(String text) {
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

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
