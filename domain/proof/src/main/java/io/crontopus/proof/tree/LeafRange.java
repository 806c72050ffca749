package io.crontopus.proof.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The leaves from {@code begin} up to, not including, {@code end}. */
public record LeafRange(long begin, long end) {

  public LeafRange {
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no range of leaves from " + begin + " to " + end);
    }
  }

  /** The fewest complete subtrees that cover the range, from left to right. */
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    long at = begin;
    while (at < end) {
      int level = 63 - Long.numberOfLeadingZeros(end - at);
      if (at > 0) {
        level = Math.min(level, Long.numberOfTrailingZeros(at));
      }
      nodes.add(new Node(level, at >> level));
      at += 1L << level;
    }
    return nodes;
  }

  /**
   * The hash of the range as a tree of its own.
   *
   * @param hashes knows the hashes of {@link #nodes}
   */
  public Hash hash(Function<Node, Hash> hashes) {
    List<Node> nodes = nodes();
    if (nodes.isEmpty()) {
      return Hash.EMPTY_TREE;
    }
    Hash hash = hashes.apply(nodes.getLast());
    for (Node node : nodes.reversed().subList(1, nodes.size())) {
      hash = Hash.ofNode(hashes.apply(node), hash);
    }
    return hash;
  }
}
