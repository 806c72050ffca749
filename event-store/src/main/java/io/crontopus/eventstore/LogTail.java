package io.crontopus.eventstore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest stretch of a log, kept in memory: who follows the log at its end reads it from here,
 * so that the database tells each event once to a node and not once to each of its followers, and
 * its bytes are made an object once. Positions become visible in their order and what lies behind
 * one never changes, so what was read stays right. Who is further behind asks the database.
 *
 * <p>A read that asks the database asks for what came after, together with the last event that is
 * kept: when that is no longer there, this is not the log that was read (a replica took over that
 * had not everything, or a backup was restored), and all that is kept is forgotten.
 */
final class LogTail {

  private static final int MOST_EVENTS = 10_000;
  private static final long MOST_BYTES = 8 << 20;

  /** How much is read at once; several followers wait for it. */
  private static final int CHUNK = 3_000;

  /**
   * A stretch of the log without holes.
   *
   * @param after the position before its first event
   * @param upTo the position up to which it is known
   * @param bytes of all their payloads
   * @param more whether the log went on behind it when it was read
   */
  private record Stretch(
      long after, long upTo, List<StoredEvent> events, long bytes, boolean more) {

    boolean reaches(long position) {
      return after <= position && position <= upTo;
    }

    /** The events behind a position. */
    List<StoredEvent> from(long position) {
      int low = 0;
      int high = events.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (events.get(middle).position() <= position) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return events.subList(low, events.size());
    }
  }

  private static final long NEVER = -1;

  private final LogRows rows;
  private final AppendSignal signal;
  private volatile @Nullable Stretch stretch;

  /** How often there had been new events when the database was last asked. */
  private long askedAt = NEVER;

  LogTail(LogRows rows, AppendSignal signal) {
    this.rows = rows;
    this.signal = signal;
  }

  /**
   * The events that follow a position.
   *
   * @param names which; empty for all
   * @param anew whether to ask the database even if nothing is known to have been appended since it
   *     was asked last
   * @return null when that lies outside of what is kept
   */
  @Nullable EventBatch read(long after, Set<String> names, int most, boolean anew) {
    Stretch seen = stretch;
    Stretch known = seen != null && seen.reaches(after) ? grown(anew) : null;
    if (known == null || !known.reaches(after)) {
      return null;
    }
    List<StoredEvent> found = new ArrayList<>();
    for (StoredEvent event : known.from(after)) {
      if (names.isEmpty() || names.contains(event.name())) {
        found.add(event);
        if (found.size() == most) {
          return new EventBatch(found, event.position(), true);
        }
      }
    }
    return new EventBatch(found, known.upTo, known.more);
  }

  /**
   * Somebody is at the end of the log: from here on it is kept, unless a stretch that reaches as
   * far is.
   */
  synchronized void begin(long head) {
    Stretch known = stretch;
    if (known == null || known.upTo < head) {
      stretch = new Stretch(head, head, List.of(), 0, false);
      askedAt = NEVER;
    }
  }

  /** The stretch with what came after it; null when it is none of this log any more. */
  private synchronized @Nullable Stretch grown(boolean anew) {
    Stretch seen = stretch;
    if (seen == null) {
      return null;
    }
    long signals = signal.count();
    if (!anew && signals == askedAt && !seen.more) {
      return seen;
    }
    LogRows.Found found = rows.next(seen.upTo - 1, Long.MAX_VALUE, CHUNK);
    List<StoredEvent> read = found.events();
    askedAt = signals;
    List<StoredEvent> more = read;
    if (!seen.events.isEmpty()) {
      if (read.isEmpty() || !read.getFirst().eventId().equals(seen.events.getLast().eventId())) {
        stretch = null;
        return null;
      }
      more = read.subList(1, read.size());
    } else if (!read.isEmpty() && read.getFirst().position() == seen.upTo) {
      more = read.subList(1, read.size());
    }
    if (more.isEmpty() && !seen.more) {
      return seen;
    }
    Stretch grown = grown(seen, more, found.more());
    stretch = grown;
    return grown;
  }

  /** With these behind it, and without the oldest where they become too many. */
  private static Stretch grown(Stretch seen, List<StoredEvent> fresh, boolean more) {
    long bytes = seen.bytes + bytes(fresh);
    long after = seen.after;
    int dropped = 0;
    while (dropped < seen.events.size()
        && (seen.events.size() - dropped + fresh.size() > MOST_EVENTS || bytes > MOST_BYTES)) {
      StoredEvent oldest = seen.events.get(dropped++);
      bytes -= oldest.payload().length;
      after = oldest.position();
    }
    List<StoredEvent> kept = seen.events.subList(dropped, seen.events.size());
    List<StoredEvent> events = new ArrayList<>(kept.size() + fresh.size());
    events.addAll(kept);
    events.addAll(fresh);
    long upTo = fresh.isEmpty() ? seen.upTo : fresh.getLast().position();
    return new Stretch(after, upTo, Collections.unmodifiableList(events), bytes, more);
  }

  private static long bytes(List<StoredEvent> events) {
    long bytes = 0;
    for (StoredEvent event : events) {
      bytes += event.payload().length;
    }
    return bytes;
  }
}
