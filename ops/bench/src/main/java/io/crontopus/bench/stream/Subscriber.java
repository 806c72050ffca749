package io.crontopus.bench.stream;

import io.crontopus.bench.checkins.CheckIns;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** One stream, of which only the runs' ids and resets are looked at. */
final class Subscriber {

  private static final byte[] RUN =
      ("\"run_id\":\"" + CheckIns.PREFIX).getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RESET = "event:reset".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 12;

  private final BitSet seen = new BitSet();
  private int matchedRun;
  private int matchedReset;
  private int digits;
  private long number;
  private boolean open;
  private boolean reset;

  /** Takes bytes of the stream; tells {@code receipts} of each run from {@code first} on, once. */
  void take(ByteBuffer bytes, long first, long epochMicros, Receipts receipts) {
    open = open || bytes.hasRemaining();
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      matchedReset = matched(RESET, matchedReset, next);
      if (matchedReset == RESET.length) {
        matchedReset = 0;
        reset = true;
      }
      if (matchedRun < RUN.length) {
        matchedRun = matched(RUN, matchedRun, next);
        digits = 0;
        number = 0;
      } else {
        digit(next, first, epochMicros, receipts);
      }
    }
  }

  private void digit(byte next, long first, long epochMicros, Receipts receipts) {
    number = number * 10 + next - '0';
    digits++;
    if (digits == DIGITS) {
      matchedRun = 0;
      int index = (int) (number - first);
      if (index >= 0 && !seen.get(index)) {
        seen.set(index);
        receipts.add(number, epochMicros);
      }
    }
  }

  /**
   * The patterns begin with a byte that they hold nowhere else, or only where it does not matter.
   */
  private static int matched(byte[] pattern, int already, byte next) {
    return next == pattern[already] ? already + 1 : next == pattern[0] ? 1 : 0;
  }

  /** Whether anything has come. */
  boolean isOpen() {
    return open;
  }

  /** Whether it was told to read anew. */
  boolean wasReset() {
    return reset;
  }

  int received() {
    return seen.cardinality();
  }

  void forget() {
    seen.clear();
    reset = false;
  }
}
