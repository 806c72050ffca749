package io.crontopus.query.audit;

import io.crontopus.proof.tree.Hash;
import io.crontopus.proof.tree.LeafRange;
import io.crontopus.proof.tree.Node;
import io.crontopus.proof.tree.ProofPath;
import io.crontopus.web.Problem;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Proofs from the stored nodes; none reads more than a few hundred of them. */
public final class AuditProofs {

  /**
   * That an event is in the log.
   *
   * @param leafIndex the same as {@code seq}, as RFC 6962 calls it
   * @param proof base64, from the leaf's sibling up
   */
  public record Inclusion(
      long seq,
      long leafIndex,
      String leafHash,
      long treeSize,
      String rootHash,
      List<String> proof) {}

  /** That a log is the continuation of what it was. */
  public record Consistency(
      long first, String firstRoot, long second, String secondRoot, List<String> proof) {}

  /**
   * That a checkpoint of the tenant is in the platform's log.
   *
   * @param checkpoint the tenant's signed note, whose bytes are the leaf
   * @param platformCheckpoint the platform's signed note of this tree size and root
   */
  public record InPlatform(
      String checkpoint,
      long leafIndex,
      String leafHash,
      long treeSize,
      String rootHash,
      List<String> proof,
      String platformCheckpoint) {}

  private final AuditTree tree;

  public AuditProofs(AuditTree tree) {
    this.tree = tree;
  }

  /** The proof for an event in the log of a size; of what was signed last, when none is named. */
  Mono<Inclusion> inclusion(String tenantId, long seq, @Nullable Long treeSize) {
    return size(tenantId, treeSize)
        .flatMap(
            size -> {
              if (seq >= size) {
                return Mono.error(Problem.invalid("seq", "is not among the first " + size));
              }
              ProofPath path = ProofPath.inclusion(seq, size);
              Node leaf = new Node(0, seq);
              return hashes(tenantId, tenantId, path, leaf, new LeafRange(0, size))
                  .map(
                      hashes ->
                          new Inclusion(
                              seq,
                              seq,
                              hashes.apply(leaf).base64(),
                              size,
                              new LeafRange(0, size).hash(hashes).base64(),
                              base64(path.hashes(hashes))));
            });
  }

  /** The proof between two sizes; up to what was signed last, when no second one is named. */
  Mono<Consistency> consistency(String tenantId, long first, @Nullable Long second) {
    return size(tenantId, second)
        .flatMap(
            size -> {
              if (first > size) {
                return Mono.error(Problem.invalid("first", "is more than " + size));
              }
              ProofPath path = ProofPath.consistency(first, size);
              LeafRange whole = new LeafRange(0, size);
              LeafRange beginning = new LeafRange(0, first);
              List<Node> nodes =
                  Stream.of(path.nodes(), whole.nodes(), beginning.nodes())
                      .flatMap(List::stream)
                      .distinct()
                      .toList();
              return tree.hashes(tenantId, tenantId, nodes)
                  .map(
                      hashes ->
                          new Consistency(
                              first,
                              beginning.hash(hashes).base64(),
                              size,
                              whole.hash(hashes).base64(),
                              base64(path.hashes(hashes))));
            });
  }

  /** The proof for a checkpoint of the tenant. */
  Mono<InPlatform> inPlatform(String tenantId, StoredCheckpoint checkpoint) {
    long index = checkpoint.platformIndex() == null ? 0 : checkpoint.platformIndex();
    return tree.latest(tenantId, AuditTree.PLATFORM)
        .flatMap(
            platform -> {
              ProofPath path = ProofPath.inclusion(index, platform.size());
              Node leaf = new Node(0, index);
              return hashes(tenantId, AuditTree.PLATFORM, path, leaf, new LeafRange(0, 0))
                  .map(
                      hashes ->
                          new InPlatform(
                              checkpoint.note(),
                              index,
                              hashes.apply(leaf).base64(),
                              platform.size(),
                              platform.root().base64(),
                              base64(path.hashes(hashes)),
                              platform.note()));
            });
  }

  private Mono<Function<Node, Hash>> hashes(
      String tenantId, String log, ProofPath path, Node leaf, LeafRange whole) {
    List<Node> nodes =
        Stream.of(path.nodes(), whole.nodes(), List.of(leaf))
            .flatMap(List::stream)
            .distinct()
            .toList();
    return tree.hashes(tenantId, log, nodes);
  }

  private Mono<Long> size(String tenantId, @Nullable Long wanted) {
    if (wanted == null) {
      return tree.latest(tenantId, tenantId)
          .map(StoredCheckpoint::size)
          .switchIfEmpty(Mono.error(() -> Problem.notFound("checkpoint")));
    }
    return tree.size(tenantId)
        .map(
            size -> {
              if (wanted > size) {
                throw Problem.invalid("tree_size", "the log has " + size + " events");
              }
              return wanted;
            });
  }

  private static List<String> base64(List<Hash> hashes) {
    return hashes.stream().map(Hash::base64).toList();
  }
}
