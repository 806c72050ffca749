package io.crontopus.projection.audit;

import io.crontopus.proof.tree.Frontier;
import io.crontopus.proof.tree.Hash;
import io.crontopus.proof.tree.Node;
import io.crontopus.proof.tree.StoredRun;
import java.util.function.BiConsumer;

/** A tenant's log as it grows: its tree's right edge and the last link of its chain. */
final class TreeState {

  /** Before the first link. */
  static final Hash NO_LINK = Hash.EMPTY_TREE;

  private final Frontier frontier;
  private Hash chain;

  TreeState(Frontier frontier, Hash chain) {
    this.frontier = frontier;
    this.chain = chain;
  }

  static TreeState empty() {
    return new TreeState(Frontier.empty(), NO_LINK);
  }

  /** Adds a leaf and hands over the nodes that are to be stored. */
  void append(Hash leaf, BiConsumer<Node, Hash> stored) {
    frontier.append(
        leaf,
        (node, hash) -> {
          if (node.level() % StoredRun.STEP == 0) {
            stored.accept(node, hash);
          }
        });
    chain = Hash.ofLink(chain, leaf);
  }

  long size() {
    return frontier.size();
  }

  Frontier frontier() {
    return frontier;
  }

  Hash chain() {
    return chain;
  }
}
