package io.crontopus.proof.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Trees of any size against the recursive definition. */
class TreePropertiesTest {

  static final int MOST = 300;
  private static final List<Hash> LEAVES =
      IntStream.range(0, MOST)
          .mapToObj(i -> Hash.ofLeaf(ByteBuffer.allocate(Integer.BYTES).putInt(i).array()))
          .toList();
  private static final Map<Node, Hash> NODES = new HashMap<>();

  static {
    Frontier tree = Frontier.empty();
    for (Hash leaf : LEAVES) {
      NODES.put(new Node(0, tree.size()), leaf);
      tree.append(leaf, NODES::put);
    }
  }

  @Property
  void theFrontierHasTheRoot(@ForAll @IntRange(max = MOST) int size) {
    Frontier tree = tree(size);

    assertThat(tree.root()).isEqualTo(NaiveTree.root(LEAVES.subList(0, size)));
    assertThat(Frontier.of(size, tree.bytes()).root()).isEqualTo(tree.root());
    assertThat(new LeafRange(0, size).hash(TreePropertiesTest::stored)).isEqualTo(tree.root());
    assertThat(new LeafRange(0, size).nodes().stream().map(TreePropertiesTest::stored).toList())
        .isEqualTo(tree.hashes());
  }

  @Property
  void leavesInTheMiddleAreEnoughWithTheRest(
      @ForAll @IntRange(max = MOST) int one,
      @ForAll @IntRange(max = MOST) int two,
      @ForAll @IntRange(max = MOST) int three) {
    int[] sorted = IntStream.of(one, two, three).sorted().toArray();
    Frontier tree = tree(sorted[0]);
    LEAVES.subList(sorted[0], sorted[1]).forEach(tree::append);
    for (Node node : new LeafRange(sorted[1], sorted[2]).nodes()) {
      tree.appendSubtree(node.level(), stored(node));
    }

    assertThat(tree.size()).isEqualTo(sorted[2]);
    assertThat(tree.root()).isEqualTo(NaiveTree.root(LEAVES.subList(0, sorted[2])));
  }

  @Property
  void inclusionIsProved(
      @ForAll @IntRange(min = 1, max = MOST) int size, @ForAll @IntRange(max = MOST - 1) int any) {
    int leaf = any % size;
    List<Hash> leaves = LEAVES.subList(0, size);
    Hash root = NaiveTree.root(leaves);
    List<Hash> proof = ProofPath.inclusion(leaf, size).hashes(TreePropertiesTest::stored);

    assertThat(proof).isEqualTo(NaiveTree.path(leaf, leaves));
    assertThat(ProofCheck.inclusion(LEAVES.get(leaf), leaf, size, proof, root)).isTrue();
    assertThat(ProofCheck.inclusion(Hash.EMPTY_TREE, leaf, size, proof, root)).isFalse();
    assertThat(ProofCheck.inclusion(LEAVES.get(leaf), leaf, size, proof, Hash.EMPTY_TREE))
        .isFalse();
    assertThat(ProofCheck.inclusion(LEAVES.get(leaf), size, size, proof, root)).isFalse();
    for (List<Hash> wrong : spoilt(proof)) {
      assertThat(ProofCheck.inclusion(LEAVES.get(leaf), leaf, size, wrong, root)).isFalse();
    }
    for (int other = 0; other < size; other++) {
      assertThat(ProofCheck.inclusion(LEAVES.get(leaf), other, size, proof, root))
          .isEqualTo(other == leaf);
    }
  }

  @Property
  void consistencyIsProved(
      @ForAll @IntRange(max = MOST) int one, @ForAll @IntRange(max = MOST) int other) {
    int first = Math.min(one, other);
    int second = Math.max(one, other);
    Hash firstRoot = NaiveTree.root(LEAVES.subList(0, first));
    Hash secondRoot = NaiveTree.root(LEAVES.subList(0, second));
    List<Hash> proof = ProofPath.consistency(first, second).hashes(TreePropertiesTest::stored);

    assertThat(ProofCheck.consistency(first, firstRoot, second, secondRoot, proof)).isTrue();
    if (first > 0) {
      assertThat(proof).isEqualTo(NaiveTree.proof(first, LEAVES.subList(0, second)));
      Hash wrong = Hash.ofLeaf(new byte[] {1});
      assertThat(ProofCheck.consistency(first, wrong, second, secondRoot, proof)).isFalse();
      assertThat(ProofCheck.consistency(first, firstRoot, second, wrong, proof)).isFalse();
      for (List<Hash> spoilt : spoilt(proof)) {
        assertThat(ProofCheck.consistency(first, firstRoot, second, secondRoot, spoilt)).isFalse();
      }
    }
  }

  @Property
  void anyProofAtAllIsAnsweredWithoutAnError(
      @ForAll long index,
      @ForAll long size,
      @ForAll @Size(max = 70) List<@IntRange(max = MOST - 1) Integer> proof) {
    List<Hash> hashes = proof.stream().map(LEAVES::get).toList();

    assertThat(ProofCheck.inclusion(LEAVES.get(0), index, size, hashes, Hash.EMPTY_TREE)).isFalse();
    assertThat(ProofCheck.consistency(index, LEAVES.get(0), size, LEAVES.get(1), hashes)).isFalse();
  }

  private static Hash stored(Node node) {
    Hash hash = NODES.get(node);
    if (hash == null) {
      throw new AssertionError("not a complete node: " + node);
    }
    return hash;
  }

  private static Frontier tree(int size) {
    Frontier tree = Frontier.empty();
    LEAVES.subList(0, size).forEach(tree::append);
    return tree;
  }

  private static List<List<Hash>> spoilt(List<Hash> proof) {
    List<List<Hash>> all = new ArrayList<>();
    for (int i = 0; i < proof.size(); i++) {
      List<Hash> changed = new ArrayList<>(proof);
      changed.set(i, Hash.EMPTY_TREE);
      all.add(changed);
      List<Hash> shorter = new ArrayList<>(proof);
      shorter.remove(i);
      all.add(shorter);
    }
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(Hash.EMPTY_TREE);
    all.add(longer);
    return all;
  }
}
