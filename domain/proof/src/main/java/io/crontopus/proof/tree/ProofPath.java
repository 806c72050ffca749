package io.crontopus.proof.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a proof consists of: ranges of leaves, whose hashes are the proof in this order (RFC 6962,
 * sections 2.1.1 and 2.1.2).
 */
public record ProofPath(List<LeafRange> ranges) {

  public ProofPath {
    ranges = List.copyOf(ranges);
  }

  /**
   * That of a leaf's inclusion in the tree of {@code size} leaves.
   *
   * @throws IllegalArgumentException when that tree has no such leaf
   */
  public static ProofPath inclusion(long leaf, long size) {
    if (leaf < 0 || leaf >= size) {
      throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + leaf);
    }
    List<LeafRange> ranges = new ArrayList<>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long middle = begin + split(end - begin);
      if (leaf < middle) {
        ranges.add(new LeafRange(middle, end));
        end = middle;
      } else {
        ranges.add(new LeafRange(begin, middle));
        begin = middle;
      }
    }
    return new ProofPath(ranges.reversed());
  }

  /**
   * That of the tree of {@code first} leaves being the beginning of that of {@code second}.
   *
   * @throws IllegalArgumentException unless {@code 0 <= first <= second}
   */
  public static ProofPath consistency(long first, long second) {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException(
          "a tree of " + first + " leaves is no beginning of one of " + second);
    }
    List<LeafRange> ranges = new ArrayList<>();
    if (first == 0 || first == second) {
      return new ProofPath(ranges);
    }
    long begin = 0;
    long end = second;
    while (first != end) {
      long middle = begin + split(end - begin);
      if (first <= middle) {
        ranges.add(new LeafRange(middle, end));
        end = middle;
      } else {
        ranges.add(new LeafRange(begin, middle));
        begin = middle;
      }
    }
    if (begin > 0) {
      ranges.add(new LeafRange(begin, end));
    }
    return new ProofPath(ranges.reversed());
  }

  /** The complete subtrees whose hashes are needed. */
  public List<Node> nodes() {
    return ranges.stream().flatMap(range -> range.nodes().stream()).toList();
  }

  /**
   * The proof.
   *
   * @param hashes knows the hashes of {@link #nodes}
   */
  public List<Hash> hashes(Function<Node, Hash> hashes) {
    return ranges.stream().map(range -> range.hash(hashes)).toList();
  }

  /** The largest power of two below the size, which is at least 2. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }
}
