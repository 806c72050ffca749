package io.crontopus.query.audit;

import io.crontopus.proof.tree.Hash;
import io.crontopus.proof.tree.LeafRange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A tenant's log as lines of JSON that can be verified with a public key and nothing else: the
 * events, then what of the tree lies before and behind them, the keys and the checkpoints. It is
 * read page by page as fast as the client takes it, so that it needs little memory at any length.
 */
public final class AuditExport {

  private static final int PAGE = 500;
  private static final Hash NO_LINK = Hash.EMPTY_TREE;

  /**
   * What is exported: fixed before the first line, whatever is logged meanwhile.
   *
   * @param from the first event
   * @param to the last event
   * @param signed the size of the checkpoint that covers it; 0 when none does
   */
  record Range(long from, long to, long signed) {

    boolean isEmpty() {
      return to < from;
    }
  }

  private final AuditEvents events;
  private final AuditTree tree;
  private final AuditKeys keys;

  public AuditExport(AuditEvents events, AuditTree tree, AuditKeys keys) {
    this.events = events;
    this.tree = tree;
    this.keys = keys;
  }

  /** The lines, many in one array. */
  Flux<byte[]> lines(String tenantId, Range range) {
    return Flux.concat(
        List.of(
            events(tenantId, range),
            sides(tenantId, range),
            keys.all(tenantId).flatMapIterable(AuditKeys.Keys::keys).map(ExportLines::key),
            checkpoints(tenantId, range)));
  }

  /**
   * What there is to export now.
   *
   * @param first the first event; null for the first there is
   * @param to the last event; null, or what is not signed yet, for the last that is
   */
  Mono<Range> range(String tenantId, @Nullable Long first, @Nullable Long to) {
    long from = first == null ? 0 : first;
    Mono<Long> signed =
        tree.latest(tenantId, tenantId).map(StoredCheckpoint::size).defaultIfEmpty(0L);
    return signed.flatMap(
        size -> {
          if (size == 0) {
            return tree.size(tenantId).map(unsigned -> new Range(from, last(to, unsigned), 0));
          }
          long last = last(to, size);
          return tree.from(tenantId, tenantId, last + 1, 1)
              .map(next -> new Range(from, last, next.getFirst().size()));
        });
  }

  private static long last(@Nullable Long to, long size) {
    return to == null ? size - 1 : Math.min(to, size - 1);
  }

  private Flux<byte[]> events(String tenantId, Range range) {
    if (range.isEmpty()) {
      return Flux.empty();
    }
    return Flux.<Long, Long>generate(
            range::from,
            (at, sink) -> {
              sink.next(at);
              if (at + PAGE > range.to()) {
                sink.complete();
              }
              return at + PAGE;
            })
        .concatMap(at -> events.range(tenantId, at, Math.min(at + PAGE - 1, range.to())), 1)
        .map(ExportLines::events);
  }

  private Mono<byte[]> sides(String tenantId, Range range) {
    if (range.isEmpty()) {
      return Mono.empty();
    }
    Mono<Hash> chain =
        range.from() == 0
            ? Mono.just(NO_LINK)
            : events
                .range(tenantId, range.from() - 1, range.from() - 1)
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()))
                .map(AuditRow::chain)
                .defaultIfEmpty(NO_LINK);
    LeafRange after = new LeafRange(range.to() + 1, Math.max(range.to() + 1, range.signed()));
    return Mono.zip(
            hashes(tenantId, new LeafRange(0, range.from())), chain, hashes(tenantId, after))
        .map(
            sides ->
                ExportLines.range(
                    range.from(), range.to(), sides.getT1(), sides.getT2(), sides.getT3()));
  }

  /** None when some are gone: what cannot be verified is for the verifier to say. */
  private Mono<List<Hash>> hashes(String tenantId, LeafRange leaves) {
    return tree.hashes(tenantId, tenantId, leaves.nodes())
        .map(hashes -> leaves.nodes().stream().map(hashes).toList())
        .onErrorReturn(io.crontopus.web.Problem.class, List.of());
  }

  private Flux<byte[]> checkpoints(String tenantId, Range range) {
    if (range.isEmpty() || range.signed() == 0) {
      return Flux.empty();
    }
    return tree.from(tenantId, tenantId, range.from() + 1, PAGE)
        .expand(
            page ->
                page.size() < PAGE
                    ? Mono.empty()
                    : tree.from(tenantId, tenantId, page.getLast().size() + 1, PAGE))
        .concatMapIterable(page -> page)
        .takeWhile(checkpoint -> checkpoint.size() <= range.signed())
        .map(ExportLines::checkpoint);
  }
}
