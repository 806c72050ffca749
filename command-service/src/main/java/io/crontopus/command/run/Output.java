package io.crontopus.command.run;

import io.crontopus.web.StoredText;
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

  static Output of(@Nullable String text) {
    if (text == null) {
      return new Output(null, false);
    }
    String readable = StoredText.readable(text);
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

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
