package io.crontopus.query.audit;

import static io.crontopus.query.database.Columns.number;

import io.crontopus.proof.tree.Hash;
import io.crontopus.proof.tree.Node;
import io.crontopus.proof.tree.StoredRun;
import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.web.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Trees and what was signed of them. */
public final class AuditTree {

  /** The log of the platform, whose leaves are the tenants' checkpoints. */
  static final String PLATFORM = "";

  /** Whose the events are that are no tenant's: what those who run the platform did. */
  static final String OPERATORS = "-";

  private static final String SIZE = "SELECT size FROM audit.log WHERE tenant_id = $1";

  /**
   * Each run of nodes is a short range of an index, and OFFSET 0 keeps it one, however the rest is
   * planned.
   */
  private static final String NODES =
      """
      SELECT w.n, t.hash
      FROM unnest($3::bigint[], $4::bigint[], $5::bigint[]) WITH ORDINALITY AS w (level, first, last, n)
      CROSS JOIN LATERAL (
        SELECT index, hash FROM audit.tree
        WHERE tenant_id = $2 AND level = w.level::smallint AND index BETWEEN w.first AND w.last
        OFFSET 0) AS t
      WHERE $1::text IS NOT NULL
      ORDER BY w.n, t.index
      """;

  private static final String COLUMNS =
      """
      SELECT size, root, note, platform_index, signed_at FROM audit.checkpoint
      WHERE $1::text IS NOT NULL AND tenant_id = $2
      """;
  private static final String LATEST = COLUMNS + " ORDER BY size DESC LIMIT 1";
  private static final String AT = COLUMNS + " AND size = $3";
  private static final String FROM = COLUMNS + " AND size >= $3 ORDER BY size LIMIT $4";

  private record Found(int wanted, Hash hash) {}

  private final TenantQueries queries;

  public AuditTree(TenantQueries queries) {
    this.queries = queries;
  }

  /** How many events the tenant's log has. */
  Mono<Long> size(String tenantId) {
    return queries.first(tenantId, Query.of(SIZE), row -> number(row, "size")).defaultIfEmpty(0L);
  }

  /** The newest checkpoint of a log. */
  Mono<StoredCheckpoint> latest(String tenantId, String log) {
    return queries.first(tenantId, Query.of(LATEST).text(log), StoredCheckpoint::of);
  }

  /** The checkpoint of a log of exactly this size. */
  Mono<StoredCheckpoint> at(String tenantId, String log, long size) {
    return queries.first(tenantId, Query.of(AT).text(log).number(size), StoredCheckpoint::of);
  }

  /** The next checkpoints of a log, from this size on. */
  Mono<List<StoredCheckpoint>> from(String tenantId, String log, long size, int most) {
    return queries.all(
        tenantId, Query.of(FROM).text(log).number(size).number(most), StoredCheckpoint::of);
  }

  /**
   * The hashes of these nodes of a log's tree.
   *
   * @return fails with a problem when some are not there any more
   */
  Mono<Function<Node, Hash>> hashes(String tenantId, String log, List<Node> nodes) {
    List<StoredRun> runs = nodes.stream().map(StoredRun::of).toList();
    Query query =
        Query.of(NODES)
            .text(log)
            .numbers(runs.stream().map(run -> (long) run.level()).toList())
            .numbers(runs.stream().map(StoredRun::first).toList())
            .numbers(runs.stream().map(StoredRun::last).toList());
    return queries
        .all(
            tenantId,
            query,
            row -> new Found((int) number(row, "n") - 1, AuditRow.hash(row, "hash")))
        .map(found -> folded(nodes, runs, found));
  }

  private static Function<Node, Hash> folded(
      List<Node> nodes, List<StoredRun> runs, List<Found> found) {
    List<List<Hash>> hashes = new ArrayList<>();
    nodes.forEach(_ -> hashes.add(new ArrayList<>()));
    found.forEach(one -> hashes.get(one.wanted()).add(one.hash()));
    Map<Node, Hash> folded = new HashMap<>();
    try {
      for (int i = 0; i < nodes.size(); i++) {
        folded.put(nodes.get(i), runs.get(i).fold(hashes.get(i)));
      }
    } catch (IllegalArgumentException e) {
      throw Problem.of(HttpStatus.CONFLICT, "audit-log-incomplete", String.valueOf(e.getMessage()));
    }
    return node -> Objects.requireNonNull(folded.get(node));
  }
}
