package io.crontopus.query.live;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Ids of the feed that were skipped so far. Ids are given out before transactions commit, so that a
 * lower one may become visible after a higher one. Whoever took it had begun by then: once all
 * transactions are over that ran when it was skipped, and it still does not show up, it was rolled
 * back.
 */
final class FeedGaps {

  private static final int MOST = 10_000;

  /** Each with the first transaction that had not begun when it was skipped. */
  private final TreeMap<Long, Long> missing = new TreeMap<>();

  /**
   * Notes that the ids between these two, both excluded, were not there.
   *
   * @param nextTransaction the first transaction that had not begun then
   * @return false when these are more than can be looked for: the oldest are given up
   */
  boolean skipped(long before, long after, long nextTransaction) {
    long first = Math.max(before + 1, after - MOST);
    for (long id = first; id < after; id++) {
      missing.put(id, nextTransaction);
    }
    boolean all = first == before + 1;
    while (missing.size() > MOST) {
      missing.pollFirstEntry();
      all = false;
    }
    return all;
  }

  /** Notes that an id did show up. */
  void found(long id) {
    missing.remove(id);
  }

  /**
   * Forgets what was rolled back, after all was noted that showed up.
   *
   * @param oldestRunning the first transaction that is not over
   */
  void settle(long oldestRunning) {
    missing.values().removeIf(nextTransaction -> nextTransaction <= oldestRunning);
  }

  /** The ids to look for again. */
  Collection<Long> waiting() {
    return List.copyOf(missing.keySet());
  }

  /** The last id up to which none is to come any more, of those up to this one. */
  long settled(long position) {
    return missing.isEmpty() ? position : missing.firstKey() - 1;
  }
}
