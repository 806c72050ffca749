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

  /** Where to begin: early enough that nothing is still to become visible before it. */
  private static final String START =
      """
      SELECT coalesce(
        (SELECT id FROM ui_change WHERE changed_at < clock_timestamp() - interval '5 seconds'
         ORDER BY changed_at DESC LIMIT 1),
        (SELECT min(id) - 1 FROM ui_change),
        0) AS id
      """;

  private static final String AFTER =
      """
      (SELECT id, tenant_id, topic, key FROM ui_change WHERE id > $1 ORDER BY id LIMIT $3)
      UNION ALL
      SELECT id, tenant_id, topic, key FROM ui_change WHERE id = ANY ($2::bigint[])
      ORDER BY id
      """;

  private static final String BOUNDS =
      """
      SELECT coalesce(min(id), 0) AS oldest, coalesce(max(id), 0) AS newest FROM ui_change
      """;

  /** What became visible after the cursor, or up to 5 seconds before it but perhaps too late. */
  private static final String MISSED =
      """
      SELECT max(id) AS id, $1::text AS tenant_id, topic, key
      FROM ui_change
      WHERE tenant_id = $1
        AND topic = ANY ($2::text[])
        AND id > $3 - 10000
        AND (id > $3
             OR changed_at > (SELECT last.changed_at - interval '5 seconds' FROM ui_change last WHERE last.id = $3))
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

  Mono<Long> start() {
    return queries.all(Query.of(START), row -> number(row, "id")).map(List::getFirst);
  }

  /** The next entries behind this one, and those of the earlier ones that are there by now. */
  Mono<List<Entry>> after(long id, Collection<Long> earlier, int limit) {
    return queries.all(
        Query.of(AFTER).number(id).numbers(earlier).number(limit), ChangeFeed::entry);
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
