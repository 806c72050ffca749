package io.crontopus.proof.tree;

/**
 * A complete subtree's root: it covers the {@code 2^level} leaves from {@code index * 2^level} on.
 * Leaves are nodes of level 0.
 */
public record Node(int level, long index) {

  private static final int HIGHEST = 62;

  public Node {
    if (level < 0 || level > HIGHEST || index < 0) {
      throw new IllegalArgumentException("no node " + index + " on level " + level);
    }
  }

  /** The first leaf below it. */
  public long begin() {
    return index << level;
  }

  /** The leaf after the last one below it. */
  public long end() {
    return (index + 1) << level;
  }
}
