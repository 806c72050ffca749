package io.crontopus.proof.tree;

import java.util.ArrayList;
import java.util.List;

/** RFC 6962, section 2.1, word for word: recursive and slow. */
final class NaiveTree {

  private NaiveTree() {}

  static Hash root(List<Hash> leaves) {
    return switch (leaves.size()) {
      case 0 -> Hash.EMPTY_TREE;
      case 1 -> leaves.getFirst();
      default -> {
        int k = split(leaves.size());
        yield Hash.ofNode(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
      }
    };
  }

  static List<Hash> path(int m, List<Hash> leaves) {
    int n = leaves.size();
    if (n == 1) {
      return List.of();
    }
    int k = split(n);
    return m < k
        ? plus(path(m, leaves.subList(0, k)), root(leaves.subList(k, n)))
        : plus(path(m - k, leaves.subList(k, n)), root(leaves.subList(0, k)));
  }

  static List<Hash> proof(int m, List<Hash> leaves) {
    return subProof(m, leaves, true);
  }

  private static List<Hash> subProof(int m, List<Hash> leaves, boolean known) {
    int n = leaves.size();
    if (m == n) {
      return known ? List.of() : List.of(root(leaves));
    }
    int k = split(n);
    return m <= k
        ? plus(subProof(m, leaves.subList(0, k), known), root(leaves.subList(k, n)))
        : plus(subProof(m - k, leaves.subList(k, n), false), root(leaves.subList(0, k)));
  }

  private static int split(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }

  private static List<Hash> plus(List<Hash> some, Hash one) {
    List<Hash> all = new ArrayList<>(some);
    all.add(one);
    return all;
  }
}
