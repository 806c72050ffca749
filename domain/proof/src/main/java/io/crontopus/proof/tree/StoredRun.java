package io.crontopus.proof.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * The stored nodes that a node is made of. Of a tree's levels only every fourth is stored, which
 * costs a fifteenth of a row for each leaf; a node between is computed from at most eight.
 *
 * @param level a stored level
 * @param first the first node of that level
 * @param last the last one, inclusive
 */
public record StoredRun(int level, long first, long last) {

  /**
   * Every so many levels the nodes are stored: leaves, then subtrees of 16, 256, 4096, … leaves.
   */
  public static final int STEP = 4;

  /** What this node is computed from. */
  public static StoredRun of(Node node) {
    int above = node.level() % STEP;
    long first = node.index() << above;
    return new StoredRun(node.level() - above, first, first + (1L << above) - 1);
  }

  /**
   * The node's hash.
   *
   * @param hashes those of the run, in order
   * @throws IllegalArgumentException when some are missing
   */
  public Hash fold(List<Hash> hashes) {
    if (hashes.size() != last - first + 1) {
      throw new IllegalArgumentException(
          "the tree has no complete nodes " + first + " to " + last + " on level " + level);
    }
    List<Hash> row = hashes;
    while (row.size() > 1) {
      List<Hash> above = new ArrayList<>();
      for (int i = 0; i < row.size(); i += 2) {
        above.add(Hash.ofNode(row.get(i), row.get(i + 1)));
      }
      row = above;
    }
    return row.getFirst();
  }
}
