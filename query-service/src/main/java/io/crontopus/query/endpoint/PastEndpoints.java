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

  /** What is shown of endpoint {@code e} in fleet {@code f}. */
  static final String COLUMNS =
      """
      e.endpoint_id, e.name, e.hostname, e.machine_id, e.platform, e.version, e.labels::text AS labels,
      e.scheduler, e.scheduler_alive, e.applied_commit, NULL::bigint AS spool_depth, e.enrolled_at,
      CASE WHEN e.state IN ('silent', 'offline') THEN e.seen_at END AS last_seen_at,
      CASE
        WHEN e.revoked_at IS NOT NULL THEN 'revoked'
        WHEN e.state = 'online' AND f.quiet THEN 'unknown'
        ELSE e.state
      END AS status""";

  /** The fleet at position $2. */
  static final String FLEET =
      """
      LEFT JOIN (
        SELECT * FROM fleet_history WHERE tenant_id = $1 AND valid_to > $2 ORDER BY valid_to LIMIT 1
      ) f ON f.valid_from <= $2""";

  /** $2 position, $3 id. */
  private static final String ONE =
      """
      SELECT {columns}
      FROM (
        SELECT * FROM endpoint_history
        WHERE tenant_id = $1 AND endpoint_id = $3 AND valid_to > $2 ORDER BY valid_to LIMIT 1
      ) e
      {fleet}
      WHERE e.valid_from <= $2
      """
          .replace("{columns}", COLUMNS)
          .replace("{fleet}", FLEET);

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
    Query query = PastEndpointList.of(moment, status, platform, text, page);
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
