package io.crontopus.command.endpoint.heartbeat;

import java.util.Arrays;

/**
 * Cuts bytes into lines. Holds on to memory only while a line is incomplete, and never to more than
 * the longest line. For one thread at a time.
 */
final class Lines {

  private static final byte[] NONE = {};
  private static final byte NEWLINE = '\n';

  private final int longest;
  private byte[] begun = NONE;
  private boolean skipping;

  /** What becomes of lines. */
  interface Sink {
    /** A line without its end; never an empty one. */
    void line(byte[] bytes, int offset, int length);

    /** A line that is longer than allowed; the rest of it is skipped. */
    void tooLong();
  }

  Lines(int longest) {
    this.longest = longest;
  }

  void take(byte[] bytes, Sink sink) {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == NEWLINE) {
        end(bytes, from, i, sink);
        from = i + 1;
      }
    }
    keep(bytes, from, sink);
  }

  /** The last line may lack its end. */
  void finish(Sink sink) {
    end(NONE, 0, 0, sink);
  }

  private void end(byte[] bytes, int from, int to, Sink sink) {
    if (skipping) {
      skipping = false;
      return;
    }
    if (begun.length > 0) {
      byte[] whole = joined(bytes, from, to);
      begun = NONE;
      hand(whole, 0, whole.length, sink);
    } else {
      hand(bytes, from, to, sink);
    }
  }

  private void hand(byte[] bytes, int from, int to, Sink sink) {
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    if (end - from > longest) {
      sink.tooLong();
    } else if (end > from) {
      sink.line(bytes, from, end - from);
    }
  }

  private void keep(byte[] bytes, int from, Sink sink) {
    if (skipping || from == bytes.length) {
      return;
    }
    if (begun.length + bytes.length - from > longest) {
      begun = NONE;
      skipping = true;
      sink.tooLong();
    } else {
      begun = joined(bytes, from, bytes.length);
    }
  }

  private byte[] joined(byte[] bytes, int from, int to) {
    byte[] whole = Arrays.copyOf(begun, begun.length + to - from);
    System.arraycopy(bytes, from, whole, begun.length, to - from);
    return whole;
  }
}
