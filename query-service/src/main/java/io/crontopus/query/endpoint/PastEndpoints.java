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

  /** $2 position, $3 platform, $4 text, $5 and $6 the cursor, $7 status, $8 rows. */
  private static final String LIST =
      """
      SELECT * FROM (
        SELECT e.endpoint_id, e.name, e.hostname, e.machine_id, e.platform, e.version, e.labels::text AS labels,
               e.scheduler, e.scheduler_alive, e.applied_commit, NULL::bigint AS spool_depth, e.enrolled_at,
               CASE WHEN e.state IN ('silent', 'offline') THEN e.seen_at END AS last_seen_at,
               CASE
                 WHEN e.revoked_at IS NOT NULL THEN 'revoked'
                 WHEN e.state = 'online' AND f.quiet THEN 'unknown'
                 ELSE e.state
               END AS status
        FROM endpoint_history e
        LEFT JOIN (
          SELECT * FROM fleet_history WHERE tenant_id = $1 AND valid_to > $2 ORDER BY valid_to LIMIT 1
        ) f ON f.valid_from <= $2
        WHERE e.tenant_id = $1 AND e.valid_from <= $2 AND e.valid_to > $2
          AND ($3::text IS NULL OR e.platform = $3::text)
          AND ($4::text IS NULL OR strpos(lower(e.name), lower($4::text)) > 0
               OR strpos(lower(e.hostname), lower($4::text)) > 0)
          AND ($5::text IS NULL OR (e.name, e.endpoint_id) > ($5::text, $6::text))
      ) endpoints
      WHERE $7::text IS NULL OR status = $7::text
      ORDER BY name, endpoint_id
      LIMIT $8
      """;

  /**
   * The same, for what few are: every endpoint there ever was is asked how it was, which costs a
   * step in an index each, however many versions they have.
   */
  private static final String LIST_OF_FEW =
      """
      SELECT * FROM (
        SELECT e.endpoint_id, e.name, e.hostname, e.machine_id, e.platform, e.version, e.labels::text AS labels,
               e.scheduler, e.scheduler_alive, e.applied_commit, NULL::bigint AS spool_depth, e.enrolled_at,
               CASE WHEN e.state IN ('silent', 'offline') THEN e.seen_at END AS last_seen_at,
               CASE
                 WHEN e.revoked_at IS NOT NULL THEN 'revoked'
                 WHEN e.state = 'online' AND f.quiet THEN 'unknown'
                 ELSE e.state
               END AS status
        FROM endpoint known
        CROSS JOIN LATERAL (
          SELECT * FROM endpoint_history
          WHERE tenant_id = $1 AND endpoint_id = known.endpoint_id AND valid_to > $2 ORDER BY valid_to LIMIT 1
        ) e
        LEFT JOIN (
          SELECT * FROM fleet_history WHERE tenant_id = $1 AND valid_to > $2 ORDER BY valid_to LIMIT 1
        ) f ON f.valid_from <= $2
        WHERE known.tenant_id = $1 AND e.valid_from <= $2
          AND ($3::text IS NULL OR e.platform = $3::text)
          AND ($4::text IS NULL OR strpos(lower(e.name), lower($4::text)) > 0
               OR strpos(lower(e.hostname), lower($4::text)) > 0)
          AND ($5::text IS NULL OR (e.name, e.endpoint_id) > ($5::text, $6::text))
      ) endpoints
      WHERE status = $7::text
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
        Query.of(status == null || status == EndpointStatus.ONLINE ? LIST : LIST_OF_FEW)
            .number(moment.position())
            .text(platform)
            .text(text)
            .text(page.text(0))
            .text(page.text(1))
            .text(status == null ? null : status.wireName())
            .number(page.rows());
    return queries
        .all(tenantId, query, EndpointView::of)
        .map(rows -> EndpointPage.of(rows, page).asOf(moment));
  }

  /** An endpoint; empty when the tenant had none of this id. */
  public Mono<EndpointView> find(String tenantId, Moment moment, String endpointId) {
    return queries.first(
        tenantId, Query.of(ONE).number(moment.position()).text(endpointId), EndpointView::of);
  }
}
