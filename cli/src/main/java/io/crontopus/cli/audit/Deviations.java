package io.crontopus.cli.audit;

import io.crontopus.proof.leaf.AuditLeaf;
import io.crontopus.proof.tree.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What deviates, collected while an export is read. At most so many that memory does not matter.
 */
final class Deviations {

  private static final int MOST = 1_000;

  private record Altered(EventLine line, AuditLeaf leaf) {}

  private final List<Deviation> found = new ArrayList<>();
  private final List<Altered> altered = new ArrayList<>();
  private long missing = -1;
  private @Nullable EventLine behindTheGap;
  private boolean order = true;

  void add(Deviation deviation) {
    if (found.size() < MOST) {
      found.add(deviation);
    }
  }

  /** The stored event has another hash than was taken; whether it is another event shows later. */
  void altered(EventLine line, AuditLeaf leaf) {
    if (altered.size() < MOST) {
      altered.add(new Altered(line, leaf));
    }
  }

  /** Whether the line is the one that is due; once one was not, the tree is of no use. */
  boolean isInPlace(EventLine line, long due) {
    if (order && line.seq() == due) {
      return true;
    }
    if (order) {
      order = false;
      if (line.seq() < due) {
        add(Deviation.of(line, "reordered", "it stands where seq " + due + " belongs"));
      } else {
        missing = due;
        behindTheGap = line;
      }
    } else if (missing >= 0 && line.seq() == missing) {
      add(Deviation.of(line, "reordered", "it stands behind later events"));
      missing = -1;
    }
    return false;
  }

  /** The tree has another root than was signed, and no line alone shows why, or one does. */
  void rootDiffers(@Nullable EventLine firstUnproved, @Nullable EventLine unlinked, long size) {
    EventLine first = unlinked == null ? firstUnproved : unlinked;
    if (first == null) {
      add(
          new Deviation(
              size,
              "altered",
              "",
              "",
              "the first " + size + " events have another root than was signed"));
    } else if (unlinked != null) {
      add(
          Deviation.of(
              first,
              "altered",
              "its hash was changed too: the tree has another root than was signed"));
    } else {
      add(
          Deviation.of(
              first,
              "altered",
              "it, or an event up to seq "
                  + (size - 1)
                  + ", together with all hashes: the tree has another root than was signed"));
    }
  }

  /** Events at the end are not there. */
  void missing(long size, long signed) {
    add(
        new Deviation(
            size, "removed", "", "", signed + " events were signed, and " + size + " are here"));
  }

  /** All lines are read. */
  void end(long size, long lastSeq) {
    if (missing >= 0) {
      EventLine next = behindTheGap;
      String found = next == null ? "" : ": after it comes seq " + next.seq();
      add(new Deviation(missing, "removed", "", "", "it is not in the export" + found));
    } else if (order && size <= lastSeq) {
      order = false;
      add(
          new Deviation(
              size, "removed", "", "", "the export ends before it and goes to seq " + lastSeq));
    }
  }

  /** Whether the places are not one after another. */
  boolean areBroken() {
    return !order;
  }

  /** Whether nothing deviates so far. */
  boolean areNone() {
    return found.isEmpty() && altered.isEmpty();
  }

  /** The first place first. */
  List<Deviation> inOrder() {
    List<Deviation> all = new ArrayList<>(found);
    altered.forEach(one -> all.add(judged(one)));
    all.sort(Comparator.comparingLong(Deviation::seq));
    return all;
  }

  /** An event whose hash is right at another place was moved; any other was changed. */
  private Deviation judged(Altered one) {
    for (Altered other : altered) {
      long place = other.line().seq();
      if (place != one.line().seq()
          && Hash.ofLeaf(one.leaf().of(one.leaf().tenantId(), place).encode())
              .equals(other.line().leafHash())) {
        return Deviation.of(
            one.line(), "reordered", "the event of seq " + place + " stands in its place");
      }
    }
    return Deviation.of(one.line(), "altered", "the stored event is not the one that was hashed");
  }
}
