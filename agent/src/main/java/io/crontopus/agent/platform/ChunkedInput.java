package io.crontopus.agent.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The body of an HTTP/1.1 message that comes in chunks, line by line. */
final class ChunkedInput {

  private static final int LONGEST_LINE = 64 * 1024;

  private final InputStream in;
  private final boolean chunked;
  private long left;
  private boolean begun;
  private boolean ended;

  /**
   * A body.
   *
   * @param chunked whether it comes in chunks; else it ends with the connection
   */
  ChunkedInput(InputStream in, boolean chunked) {
    this.in = in;
    this.chunked = chunked;
  }

  /** The next line; null when the body has ended. */
  @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = read();
    while (next != -1 && next != '\n') {
      if (line.size() == LONGEST_LINE) {
        throw new IOException("a line is too long");
      }
      line.write(next);
      next = read();
    }
    return next == -1 && line.size() == 0 ? null : line.toString(UTF_8);
  }

  private int read() throws IOException {
    if (!chunked) {
      return in.read();
    }
    while (left == 0 && !ended) {
      if (begun) {
        rawLine(in);
      }
      begun = true;
      left = size(rawLine(in));
      ended = left == 0;
    }
    if (ended) {
      return -1;
    }
    int next = in.read();
    if (next == -1) {
      throw new IOException("the connection broke");
    }
    left--;
    return next;
  }

  /** A line of the protocol itself: of the head, or a chunk's size. */
  static String rawLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next != '\n') {
      if (next == -1 || line.size() == LONGEST_LINE) {
        throw new IOException("the connection broke");
      }
      line.write(next);
      next = in.read();
    }
    return line.toString(UTF_8).strip();
  }

  private static long size(String line) throws IOException {
    try {
      return Long.parseLong(line.split(";", 2)[0].strip(), 16);
    } catch (NumberFormatException e) {
      throw new IOException("what came is not HTTP", e);
    }
  }
}
