package io.crontopus.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.List;

/**
 * What is sent of a run's output: readable text, secrets blacked out, the last bytes of it.
 *
 * @param text the output, after a line that says how much is missing, if anything is
 * @param truncated whether something is missing
 */
public record OutputText(String text, boolean truncated) {

  /**
   * Makes it from bytes. Secrets are looked for before anything is cut off, so that a cut never
   * leaves a part of one.
   *
   * @param lost how many bytes are missing already
   * @param maxBytes how many bytes of UTF-8 are sent at most, besides the line about the rest
   */
  public static OutputText of(RawOutput raw, long lost, int maxBytes, List<String> redact) {
    long missing = lost + raw.skipped();
    String readable = Redaction.apply(decode(raw.bytes()), redact);
    byte[] encoded = readable.getBytes(UTF_8);
    int from = Math.max(0, encoded.length - maxBytes);
    while (from < encoded.length && (encoded[from] & 0xC0) == 0x80) {
      from++;
    }
    missing += from;
    String kept = new String(encoded, from, encoded.length - from, UTF_8);
    return missing == 0
        ? new OutputText(kept, false)
        : new OutputText(
            "[… %,d bytes before this are missing …]\n".formatted(missing) + kept, true);
  }

  /** UTF-8, with every byte that is none, and every NUL, as {@code \xNN}. */
  static String decode(byte[] bytes) {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    StringBuilder text = new StringBuilder(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      text.append(out.flip());
      out.clear();
      if (!result.isError()) {
        return text.toString().replace("\0", "\\x00");
      }
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x%02x".formatted(in.get() & 0xff));
      }
      decoder.reset();
    }
  }
}
