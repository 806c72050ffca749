package io.crontopus.query.endpoint;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The endpoints as they were. What only single heartbeats know is not kept: the spool's depth, and
 * of an endpoint that was heard of all the time, when that was last.
 */
public final class PastEndpoints {

  private static final int SHORT_PAGE = 200;

  /**
   * $2 position, $3 platform, $4 text, $5 and $6 the cursor, $7 status, $8 rows, $9 by name.
   *
   * <p>By name, which no filter may go with, a page steps from one name to the next, and for each
   * to its version. Otherwise it starts from all versions that were valid, in the index by their
   * lengths: sooner done for many of them, as long as the tenant does not have very many more.
   * Where that is left open, it depends on how many there are. {@code OFFSET} holds the planner to
   * that index.
   */
  private static final String LIST =
      """
      WITH RECURSIVE way AS MATERIALIZED (
        SELECT coalesce($9::boolean, EXISTS (SELECT FROM endpoint WHERE tenant_id = $1 OFFSET 20000)) AS by_name
      ),
      ever AS (
        (SELECT name, endpoint_id FROM endpoint_history
         WHERE (SELECT by_name FROM way)
           AND tenant_id = $1
           AND ($5::text IS NULL OR (name, endpoint_id) > ($5::text, $6::text))
         ORDER BY name, endpoint_id
         LIMIT 1)
        UNION ALL
        SELECT next.*
        FROM ever
        CROSS JOIN LATERAL (
          SELECT name, endpoint_id FROM endpoint_history
          WHERE tenant_id = $1 AND (name, endpoint_id) > (ever.name, ever.endpoint_id)
          ORDER BY name, endpoint_id
          LIMIT 1
        ) next
      ),
      versions AS (
        (SELECT v.*
         FROM ever
         CROSS JOIN LATERAL (
           SELECT * FROM endpoint_history
           WHERE tenant_id = $1 AND endpoint_id = ever.endpoint_id AND valid_to > $2
           ORDER BY valid_to
           LIMIT 1
         ) v
         WHERE v.valid_from <= $2 AND v.name = ever.name
         LIMIT $8)
        UNION ALL
        SELECT v.*
        FROM generate_series(1, 63) AS lengths (span)
        CROSS JOIN LATERAL (
          SELECT * FROM endpoint_history
          WHERE tenant_id = $1
            AND endpoint_history.span = lengths.span
            AND valid_from <= $2
            AND valid_to > $2
            AND valid_to <= CASE WHEN lengths.span < 62 THEN $2 + (1::bigint << lengths.span) ELSE 9223372036854775807 END
          OFFSET 0
        ) v
        WHERE NOT (SELECT by_name FROM way)
          AND ($3::text IS NULL OR v.platform = $3::text)
          AND ($4::text IS NULL OR strpos(lower(v.name), lower($4::text)) > 0
               OR strpos(lower(v.hostname), lower($4::text)) > 0)
          AND ($5::text IS NULL OR (v.name, v.endpoint_id) > ($5::text, $6::text))
      )
      SELECT * FROM (
        SELECT e.endpoint_id, e.name, e.hostname, e.machine_id, e.platform, e.version, e.labels::text AS labels,
               e.scheduler, e.scheduler_alive, e.applied_commit, NULL::bigint AS spool_depth, e.enrolled_at,
               CASE WHEN e.state IN ('silent', 'offline') THEN e.seen_at END AS last_seen_at,
               CASE
                 WHEN e.revoked_at IS NOT NULL THEN 'revoked'
                 WHEN e.state = 'online' AND f.quiet THEN 'unknown'
                 ELSE e.state
               END AS status
        FROM versions e
        LEFT JOIN (
          SELECT * FROM fleet_history WHERE tenant_id = $1 AND valid_to > $2 ORDER BY valid_to LIMIT 1
        ) f ON f.valid_from <= $2
      ) endpoints
      WHERE $7::text IS NULL OR status = $7::text
      ORDER BY name, endpoint_id
      LIMIT $8
      """;

  /** $2 position, $3 id. */
  private static final String ONE =
      """
      SELECT e.endpoint_id, e.name, e.hostname, e.machine_id, e.platform, e.version, e.labels::text AS labels,
             e.scheduler, e.scheduler_alive, e.applied_commit, NULL::bigint AS spool_depth, e.enrolled_at,
             CASE WHEN e.state IN ('silent', 'offline') THEN e.seen_at END AS last_seen_at,
             CASE
               WHEN e.revoked_at IS NOT NULL THEN 'revoked'
               WHEN e.state = 'online' AND f.quiet THEN 'unknown'
               ELSE e.state
             END AS status
      FROM (
        SELECT * FROM endpoint_history
        WHERE tenant_id = $1 AND endpoint_id = $3 AND valid_to > $2 ORDER BY valid_to LIMIT 1
      ) e
      LEFT JOIN (
        SELECT * FROM fleet_history WHERE tenant_id = $1 AND valid_to > $2 ORDER BY valid_to LIMIT 1
      ) f ON f.valid_from <= $2
      WHERE e.valid_from <= $2
      """;

  private final TenantQueries queries;

  public PastEndpoints(TenantQueries queries) {
    this.queries = queries;
  }

  /** A page of the endpoints that the tenant had, by name. */
  public Mono<EndpointPage> list(
      String tenantId,
      Moment moment,
      @Nullable EndpointStatus status,
      @Nullable String platform,
      @Nullable String text,
      PageRequest page) {
    Query query =
        Query.of(LIST)
            .number(moment.position())
            .text(platform)
            .text(text)
            .text(page.text(0))
            .text(page.text(1))
            .text(status == null ? null : status.wireName())
            .number(page.rows())
            .flag(byName(status != null || platform != null || text != null, page));
    return queries
        .all(tenantId, query, EndpointView::of)
        .map(rows -> EndpointPage.of(rows, page).asOf(moment));
  }

  /** Whether to go by name; null where it depends on how many endpoints there are. */
  private static @Nullable Boolean byName(boolean isFiltered, PageRequest page) {
    if (isFiltered) {
      return false;
    }
    return page.rows() <= SHORT_PAGE ? Boolean.TRUE : null;
  }

  /** An endpoint; empty when the tenant had none of this id. */
  public Mono<EndpointView> find(String tenantId, Moment moment, String endpointId) {
    return queries.first(
        tenantId, Query.of(ONE).number(moment.position()).text(endpointId), EndpointView::of);
  }
}
