package io.crontopus.bench.load;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** What became of a load. */
public final class LoadResult {

  private static final int OK = 200;
  private static final int NO_LONGER_OK = 300;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final long first;
  private final BitSet acknowledged = new BitSet();
  private final Latencies accepted = new Latencies();
  private final Latencies refused = new Latencies();
  private final Map<Integer, Long> statuses = new TreeMap<>();
  private long sent;
  private long lost;
  private long unsent;
  private long marks;
  private double seconds;

  LoadResult(long first) {
    this.first = first;
  }

  void answered(long request, int status, long nanos) {
    statuses.merge(status, 1L, Long::sum);
    if (status >= OK && status < NO_LONGER_OK) {
      acknowledged.set((int) (request - first));
      accepted.add(nanos);
    } else {
      refused.add(nanos);
    }
  }

  void sentOne() {
    sent++;
  }

  void lostOne() {
    lost++;
  }

  void marked(int count) {
    marks += count;
  }

  void ended(long notSent, double after) {
    unsent = notSent;
    seconds = after;
  }

  /** Requests with a 2xx, a second. */
  public double rate() {
    return accepted.count() / seconds;
  }

  /** How many requests had a 2xx. */
  public long acceptedCount() {
    return accepted.count();
  }

  /** From the moment when they were due to their 2xx. */
  public Latencies accepted() {
    return accepted;
  }

  /** From the moment when they were due to another answer. */
  public Latencies refused() {
    return refused;
  }

  /** Number of the first request. */
  public long first() {
    return first;
  }

  /** The number behind that of the last request that was sent. */
  public long end() {
    return first + sent;
  }

  /** Whether this request had a 2xx. */
  public boolean acknowledged(long request) {
    return acknowledged.get((int) (request - first));
  }

  /** Requests with an answer of 429 or 503. */
  public long shed() {
    return statuses.getOrDefault(TOO_MANY, 0L) + statuses.getOrDefault(UNAVAILABLE, 0L);
  }

  /** Answers by status. */
  public Map<Integer, Long> statuses() {
    return Map.copyOf(statuses);
  }

  /** Requests whose connection ended before the answer. */
  public long lost() {
    return lost;
  }

  /** Requests that were due and never sent, because no connection was free up to the end. */
  public long unsent() {
    return unsent;
  }

  public long sent() {
    return sent;
  }

  /** How often the marker was in the bodies of answers. */
  public long marks() {
    return marks;
  }

  /** Length of the measurement, up to the last answer. */
  public double seconds() {
    return seconds;
  }
}
