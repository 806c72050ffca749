package io.crontopus.manifest.yaml;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a file that begins with a {@code ---} line, or the part before the first one. A line
 * that starts with {@code ---} always separates documents, wherever it stands, so that the
 * documents after a broken one can still be read.
 *
 * @param bytes its bytes
 * @param firstLine the line that it starts in, from 1
 */
public record YamlChunk(ByteBuffer bytes, int firstLine) {

  /** Cuts a file at its {@code ---} lines; directives stay with the document that they are for. */
  public static List<YamlChunk> split(byte[] file) {
    List<YamlChunk> chunks = new ArrayList<>();
    int start = startsWithByteOrderMark(file) ? 3 : 0;
    int line = 1;
    int startLine = 1;
    boolean content = false;
    for (int at = start; at < file.length; line++) {
      int next = nextLine(file, at);
      if (isSeparator(file, at)) {
        if (content) {
          chunks.add(of(file, start, at, startLine));
          start = at;
          startLine = line;
        }
        content = true;
      } else if (!isBlankOrDirective(file, at, next)) {
        content = true;
      }
      at = next;
    }
    if (content) {
      chunks.add(of(file, start, file.length, startLine));
    }
    return chunks;
  }

  private static YamlChunk of(byte[] file, int start, int end, int firstLine) {
    return new YamlChunk(ByteBuffer.wrap(file, start, end - start).slice(), firstLine);
  }

  public int length() {
    return bytes.limit();
  }

  private static boolean startsWithByteOrderMark(byte[] file) {
    return file.length >= 3
        && file[0] == (byte) 0xEF
        && file[1] == (byte) 0xBB
        && file[2] == (byte) 0xBF;
  }

  private static int nextLine(byte[] file, int from) {
    for (int at = from; at < file.length; at++) {
      if (file[at] == '\n') {
        return at + 1;
      }
      if (file[at] == '\r') {
        return at + 1 < file.length && file[at + 1] == '\n' ? at + 2 : at + 1;
      }
    }
    return file.length;
  }

  private static boolean isSeparator(byte[] file, int at) {
    return at + 2 < file.length
        && file[at] == '-'
        && file[at + 1] == '-'
        && file[at + 2] == '-'
        && (at + 3 == file.length || isSpace(file[at + 3]));
  }

  private static boolean isBlankOrDirective(byte[] file, int from, int to) {
    if (file[from] == '%') {
      return true;
    }
    for (int at = from; at < to; at++) {
      if (file[at] == '#') {
        return true;
      }
      if (!isSpace(file[at])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
