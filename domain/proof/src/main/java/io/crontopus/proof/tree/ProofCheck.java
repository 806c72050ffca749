package io.crontopus.proof.tree;

import java.util.Iterator;
import java.util.List;

/** Checks proofs, as RFC 9162 writes it down (sections 2.1.3.2 and 2.1.4.2). */
public final class ProofCheck {

  private ProofCheck() {}

  /** Whether the proof shows that this leaf is in the tree with this size and root. */
  public static boolean inclusion(Hash leaf, long index, long size, List<Hash> proof, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash next : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Hash.ofNode(next, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = Hash.ofNode(hash, next);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether the proof shows that the first tree is the beginning of the second one. */
  public static boolean consistency(
      long first, Hash firstRoot, long second, Hash secondRoot, List<Hash> proof) {
    if (first < 0 || first > second) {
      return false;
    }
    if (first == second) {
      return proof.isEmpty() && firstRoot.equals(secondRoot);
    }
    if (first == 0) {
      return proof.isEmpty() && firstRoot.equals(Hash.EMPTY_TREE);
    }
    boolean wholeTree = Long.bitCount(first) == 1;
    if (proof.isEmpty() && !wholeTree) {
      return false;
    }
    Iterator<Hash> rest = proof.iterator();
    Hash start = wholeTree ? firstRoot : rest.next();
    return fold(first - 1, second - 1, start, rest, firstRoot, secondRoot);
  }

  private static boolean fold(
      long firstLast,
      long secondLast,
      Hash start,
      Iterator<Hash> proof,
      Hash firstRoot,
      Hash secondRoot) {
    int complete = Long.numberOfTrailingZeros(~firstLast);
    long node = firstLast >> complete;
    long last = secondLast >> complete;
    Hash older = start;
    Hash newer = start;
    while (proof.hasNext()) {
      Hash next = proof.next();
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        older = Hash.ofNode(next, older);
        newer = Hash.ofNode(next, newer);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newer = Hash.ofNode(newer, next);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && older.equals(firstRoot) && newer.equals(secondRoot);
  }
}
