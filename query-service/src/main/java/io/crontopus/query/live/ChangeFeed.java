package io.crontopus.query.live;

import static io.crontopus.query.database.Columns.number;
import static io.crontopus.query.database.Columns.text;

import io.crontopus.query.database.FeedQueries;
import io.crontopus.query.database.Query;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** {@code read_model.ui_change}: what changed lately, of all tenants. */
public final class ChangeFeed {

  /**
   * Where to begin: so many entries before the last one that nothing is still to become visible
   * before it. Ids are taken just before the commit.
   */
  private static final String START =
      """
      SELECT greatest(coalesce(max(id), 0) - 10000, coalesce(min(id), 1) - 1) AS id FROM ui_change
      """;

  /** One row at least: the snapshot that sees the entries. */
  private static final String AFTER =
      """
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
             c.id, c.tenant_id, c.topic, c.key
      FROM (SELECT 1) one LEFT JOIN (
        (SELECT id, tenant_id, topic, key FROM ui_change WHERE id > $1 ORDER BY id LIMIT $3)
        UNION ALL
        SELECT id, tenant_id, topic, key FROM ui_change WHERE id = ANY ($2::bigint[])
      ) c ON true
      ORDER BY c.id
      """;

  /**
   * A number that no transaction has which has begun to write, and each has or passes that does
   * later. What a snapshot says is not enough: it leaves out those that are behind the last one
   * that has ended.
   */
  private static final String NEXT_TRANSACTION =
      """
      SELECT pg_current_xact_id()::text::bigint AS id
      """;

  private static final String BOUNDS =
      """
      SELECT coalesce(min(id), 0) AS oldest, coalesce(max(id), 0) AS newest FROM ui_change
      """;

  /** What became visible after the cursor: up to there nothing was still to come. */
  private static final String MISSED =
      """
      SELECT max(id) AS id, $1::text AS tenant_id, topic, key
      FROM ui_change
      WHERE tenant_id = $1 AND topic = ANY ($2::text[]) AND id > $3
      GROUP BY topic, key
      ORDER BY max(id)
      LIMIT $4
      """;

  private final FeedQueries queries;

  public ChangeFeed(FeedQueries queries) {
    this.queries = queries;
  }

  /**
   * The first and the last entry that is kept.
   *
   * @param oldest 0 when there is none
   */
  record Bounds(long oldest, long newest) {}

  /** An entry of any topic; only those that are known here can be watched. */
  record Entry(long id, Optional<Change> change) {}

  /**
   * What a look at the feed showed.
   *
   * @param entries in the order of their ids
   * @param oldestRunning the first transaction that was not over then
   */
  record Look(List<Entry> entries, long oldestRunning) {}

  private record Row(long oldestRunning, Optional<Entry> entry) {}

  Mono<Long> start() {
    return queries.all(Query.of(START), row -> number(row, "id")).map(List::getFirst);
  }

  /** The next entries behind this one, and those of the earlier ones that are there by now. */
  Mono<Look> after(long id, Collection<Long> earlier, int limit) {
    return queries
        .all(Query.of(AFTER).number(id).numbers(earlier).number(limit), ChangeFeed::row)
        .map(ChangeFeed::look);
  }

  private static Look look(List<Row> rows) {
    return new Look(
        rows.stream().flatMap(row -> row.entry().stream()).toList(),
        rows.getFirst().oldestRunning());
  }

  private static Row row(Readable row) {
    return new Row(
        number(row, "oldest_running"),
        row.get("id", Long.class) == null ? Optional.empty() : Optional.of(entry(row)));
  }

  /** A transaction that begins now: whoever has taken an id before has a lower number. */
  Mono<Long> nextTransaction() {
    return queries.all(Query.of(NEXT_TRANSACTION), row -> number(row, "id")).map(List::getFirst);
  }

  Mono<Bounds> bounds() {
    return queries
        .all(Query.of(BOUNDS), row -> new Bounds(number(row, "oldest"), number(row, "newest")))
        .map(List::getFirst);
  }

  /** The resources that changed since, each with its latest change, in the order of these. */
  Mono<List<Change>> missed(String tenantId, Collection<Topic> topics, long cursor, int limit) {
    Query query =
        Query.of(MISSED)
            .text(tenantId)
            .texts(topics.stream().map(Topic::wireName).toList())
            .number(cursor)
            .number(limit);
    return queries
        .all(query, ChangeFeed::entry)
        .map(entries -> entries.stream().flatMap(entry -> entry.change().stream()).toList());
  }

  private static Entry entry(Readable row) {
    long id = number(row, "id");
    return new Entry(
        id,
        Topic.named(text(row, "topic"))
            .map(
                topic ->
                    new Change(id, text(row, "tenant_id"), new Resource(topic, text(row, "key")))));
  }
}
