package io.crontopus.query.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ids of the feed that were skipped so far. Ids are given out before transactions commit, so that a
 * lower one may become visible after a higher one; what does not show up in time was rolled back.
 */
final class FeedGaps {

  private static final int MOST = 10_000;

  private final Duration patience;
  private final TreeMap<Long, Instant> missing = new TreeMap<>();

  FeedGaps(Duration patience) {
    this.patience = patience;
  }

  /** Notes that the ids between these two, both excluded, were not there. */
  void skipped(long before, long after, Instant now) {
    for (long id = Math.max(before + 1, after - MOST); id < after; id++) {
      missing.put(id, now);
    }
    while (missing.size() > MOST) {
      missing.pollFirstEntry();
    }
  }

  /** Notes that an id did show up. */
  void found(long id) {
    missing.remove(id);
  }

  /** The ids to look for again. */
  Collection<Long> waiting(Instant now) {
    Iterator<Map.Entry<Long, Instant>> entries = missing.entrySet().iterator();
    while (entries.hasNext()) {
      if (entries.next().getValue().plus(patience).isBefore(now)) {
        entries.remove();
      }
    }
    return List.copyOf(missing.keySet());
  }
}
