package io.crontopus.bench.load;

import io.crontopus.bench.session.BenchFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads one HTTP/1.1 answer after the other from a connection, as cheaply as can be: the status,
 * and where the answer ends.
 */
final class Answer {

  private static final int LONGEST_HEAD = 16_384;
  private static final int STATUS_AT = 9;
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] head = new byte[LONGEST_HEAD];
  private final byte[] marker;
  private int headLength;
  private boolean inBody;
  private long bodyLeft;
  private boolean chunked;
  private int lastChunkSeen;
  private int markerSeen;
  private int marks;
  private int status;

  /** Counts {@code marker} in bodies; an empty one is not counted. */
  Answer(byte[] marker) {
    this.marker = marker;
  }

  /** Takes bytes; true when the answer is complete. No request follows before, so none are left. */
  boolean take(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (!inBody && !takeHead(bytes)) {
        return false;
      }
      if (takeBody(bytes)) {
        inBody = false;
        headLength = 0;
        return true;
      }
    }
    return false;
  }

  int status() {
    return status;
  }

  /** How often the marker was in the body; asking forgets it. */
  int takeMarks() {
    int count = marks;
    marks = 0;
    return count;
  }

  private boolean takeHead(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (headLength == LONGEST_HEAD) {
        throw new BenchFailure("an answer's head is too long");
      }
      byte next = bytes.get();
      head[headLength++] = next;
      if (next == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
        begin();
        return true;
      }
    }
    return false;
  }

  private void begin() {
    status = 0;
    for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
      status = status * 10 + head[i] - '0';
    }
    inBody = true;
    chunked = false;
    lastChunkSeen = 0;
    markerSeen = 0;
    bodyLeft = contentLength();
    if (bodyLeft < 0) {
      chunked = true;
    }
  }

  /** -1 when there is none. */
  private long contentLength() {
    for (int line = STATUS_AT; line < headLength - 16; line++) {
      if (head[line] == '\n'
          && (head[line + 1] | 0x20) == 'c'
          && head[line + 8] == '-'
          && isLength(line + 1)) {
        long value = 0;
        for (int at = line + 16; head[at] != '\r'; at++) {
          if (head[at] != ' ') {
            value = value * 10 + head[at] - '0';
          }
        }
        return value;
      }
    }
    return status == 204 ? 0 : -1;
  }

  private boolean isLength(int at) {
    return new String(head, at, 15, StandardCharsets.US_ASCII)
        .toLowerCase(Locale.ROOT)
        .equals("content-length:");
  }

  private boolean takeBody(ByteBuffer bytes) {
    if (!chunked) {
      int here = (int) Math.min(bodyLeft, bytes.remaining());
      count(bytes, here);
      bytes.position(bytes.position() + here);
      bodyLeft -= here;
      return bodyLeft == 0;
    }
    count(bytes, bytes.remaining());
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == LAST_CHUNK[lastChunkSeen]) {
        lastChunkSeen++;
      } else {
        lastChunkSeen = next == LAST_CHUNK[0] ? 1 : 0;
      }
      if (lastChunkSeen == LAST_CHUNK.length) {
        return true;
      }
    }
    return false;
  }

  private void count(ByteBuffer bytes, int length) {
    if (marker.length == 0) {
      return;
    }
    for (int at = bytes.position(); at < bytes.position() + length; at++) {
      byte next = bytes.get(at);
      markerSeen = next == marker[markerSeen] ? markerSeen + 1 : next == marker[0] ? 1 : 0;
      if (markerSeen == marker.length) {
        marks++;
        markerSeen = 0;
      }
    }
  }
}
