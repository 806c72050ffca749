package io.crontopus.proof.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The right edge of a growing tree: the roots of the complete subtrees that its leaves make up, the
 * largest first. With it a tree of any size grows by a leaf in constant space. Not for several
 * threads.
 */
public final class Frontier {

  private final List<Hash> hashes;
  private long size;

  private Frontier(long size, List<Hash> hashes) {
    this.size = size;
    this.hashes = new ArrayList<>(hashes);
  }

  /** That of a tree without leaves. */
  public static Frontier empty() {
    return new Frontier(0, List.of());
  }

  /**
   * That of a tree with so many leaves.
   *
   * @param hashes those of its complete subtrees, the largest first
   * @throws IllegalArgumentException when these are too many or too few
   */
  public static Frontier of(long size, List<Hash> hashes) {
    if (size < 0 || Long.bitCount(size) != hashes.size()) {
      throw new IllegalArgumentException(
          "a tree of " + size + " leaves has no frontier of " + hashes.size());
    }
    return new Frontier(size, hashes);
  }

  /** That of a tree with so many leaves, as {@link #bytes} wrote it. */
  public static Frontier of(long size, byte[] bytes) {
    if (bytes.length != Long.bitCount(size) * Hash.LENGTH) {
      throw new IllegalArgumentException(
          "a tree of " + size + " leaves has no frontier of " + bytes.length + " bytes");
    }
    List<Hash> hashes = new ArrayList<>();
    for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
      byte[] hash = new byte[Hash.LENGTH];
      rest.get(hash);
      hashes.add(Hash.of(hash));
    }
    return of(size, hashes);
  }

  /** How many leaves the tree has. */
  public long size() {
    return size;
  }

  /** The roots of the complete subtrees, the largest first. */
  public List<Hash> hashes() {
    return List.copyOf(hashes);
  }

  /** The hashes one after another. */
  public byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Hash.LENGTH);
    hashes.forEach(hash -> bytes.put(hash.bytes()));
    return bytes.array();
  }

  /** Adds a leaf. */
  public void append(Hash leaf) {
    append(0, leaf, (_, _) -> {});
  }

  /**
   * Adds a leaf.
   *
   * @param completed is told of each inner node that is complete now
   */
  public void append(Hash leaf, BiConsumer<Node, Hash> completed) {
    append(0, leaf, completed);
  }

  /**
   * Adds a complete subtree.
   *
   * @throws IllegalArgumentException when the tree does not end where such a subtree may begin
   */
  public void appendSubtree(int level, Hash root) {
    if ((size & ((1L << level) - 1)) != 0) {
      throw new IllegalArgumentException(
          "no subtree of level " + level + " begins at leaf " + size);
    }
    append(level, root, (_, _) -> {});
  }

  private void append(int level, Hash root, BiConsumer<Node, Hash> completed) {
    int carried = level;
    Hash hash = root;
    while ((size >> carried & 1) == 1) {
      hash = Hash.ofNode(hashes.removeLast(), hash);
      carried++;
      completed.accept(new Node(carried, size >> carried), hash);
    }
    hashes.add(hash);
    size += 1L << level;
  }

  /** The tree's root. */
  public Hash root() {
    if (hashes.isEmpty()) {
      return Hash.EMPTY_TREE;
    }
    Hash root = hashes.getLast();
    for (int at = hashes.size() - 2; at >= 0; at--) {
      root = Hash.ofNode(hashes.get(at), root);
    }
    return root;
  }

  /** One that grows by itself. */
  public Frontier copy() {
    return new Frontier(size, hashes);
  }
}
