package io.crontopus.manifest.yaml;

import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Bytes as text, with the place of the first one that cannot be. */
final class YamlText {

  private YamlText() {}

  static String decode(YamlChunk chunk) throws YamlError {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(chunk.length());
    CoderResult result = decoder.decode(chunk.bytes().duplicate(), text, true);
    String decoded = text.flip().toString();
    if (result.isError()) {
      throw new YamlError(endOf(decoded, chunk.firstLine()), "not UTF-8; save the file as UTF-8");
    }
    requirePrintable(decoded, chunk.firstLine());
    return decoded;
  }

  private static void requirePrintable(String text, int firstLine) throws YamlError {
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      if (!StreamReader.isPrintable(character)) {
        throw new YamlError(
            endOf(text.substring(0, at), firstLine),
            "the character U+%04X is not allowed in YAML; remove it, or write it as an escape in a"
                    .formatted(character)
                + " double-quoted text");
      }
      at += Character.charCount(character);
    }
  }

  private static Position endOf(String text, int firstLine) {
    int line = firstLine;
    int lineStart = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean crlf = c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
      if (c == '\n' || (c == '\r' && !crlf)) {
        line++;
        lineStart = at + 1;
      }
    }
    return new Position(line, text.codePointCount(lineStart, text.length()) + 1);
  }
}
