package io.crontopus.query.endpoint;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The endpoints of the read model, by their events, so that the answer can be given again later.
 * Heartbeats only say what no event does: the spool's depth, and of an endpoint that is heard of
 * all the time, when that was last.
 */
public final class Endpoints {

  static final int CURSOR_KEYS = 2;

  /** $4 and $5 are the cursor. */
  private static final String LIST =
      """
      SELECT * FROM (
        SELECT e.endpoint_id, e.name, e.hostname, e.machine_id, e.platform, e.version,
               e.labels::text AS labels, e.scheduler, e.scheduler_alive, e.applied_commit, h.spool_depth,
               e.enrolled_at,
               CASE WHEN e.state IN ('silent', 'offline') THEN e.seen_at ELSE h.last_seen_at END AS last_seen_at,
               CASE
                 WHEN e.revoked_at IS NOT NULL THEN 'revoked'
                 WHEN e.state = 'online' AND f.quiet THEN 'unknown'
                 ELSE e.state
               END AS status
        FROM endpoint e
        LEFT JOIN endpoint_heartbeat h ON h.tenant_id = $1 AND h.endpoint_id = e.endpoint_id
        LEFT JOIN fleet f ON f.tenant_id = $1
        WHERE e.tenant_id = $1
          AND ($2::text IS NULL OR e.platform = $2::text)
          AND ($3::text IS NULL OR strpos(lower(e.name), lower($3::text)) > 0
               OR strpos(lower(e.hostname), lower($3::text)) > 0)
          AND ($4::text IS NULL OR (e.name, e.endpoint_id) > ($4::text, $5::text))
      ) endpoints
      WHERE $6::text IS NULL OR status = $6::text
      ORDER BY name, endpoint_id
      LIMIT $7
      """;

  private static final String SOME =
      """
      SELECT e.endpoint_id, e.name, e.hostname, e.machine_id, e.platform, e.version,
             e.labels::text AS labels, e.scheduler, e.scheduler_alive, e.applied_commit, h.spool_depth,
             e.enrolled_at,
             CASE WHEN e.state IN ('silent', 'offline') THEN e.seen_at ELSE h.last_seen_at END AS last_seen_at,
             CASE
               WHEN e.revoked_at IS NOT NULL THEN 'revoked'
               WHEN e.state = 'online' AND f.quiet THEN 'unknown'
               ELSE e.state
             END AS status
      FROM endpoint e
      LEFT JOIN endpoint_heartbeat h ON h.tenant_id = $1 AND h.endpoint_id = e.endpoint_id
      LEFT JOIN fleet f ON f.tenant_id = $1
      WHERE e.tenant_id = $1 AND e.endpoint_id = ANY ($2::text[])
      """;

  private final TenantQueries queries;

  public Endpoints(TenantQueries queries) {
    this.queries = queries;
  }

  /** A page of the tenant's endpoints, by name. */
  public Mono<EndpointPage> list(
      String tenantId,
      @Nullable EndpointStatus status,
      @Nullable String platform,
      @Nullable String text,
      PageRequest page) {
    Query query =
        Query.of(LIST)
            .text(platform)
            .text(text)
            .text(page.text(0))
            .text(page.text(1))
            .text(status == null ? null : status.wireName())
            .number(page.rows());
    return queries.all(tenantId, query, EndpointView::of).map(rows -> EndpointPage.of(rows, page));
  }

  /** An endpoint; empty when the tenant has none of this id. */
  public Mono<EndpointView> find(String tenantId, String endpointId) {
    return byId(tenantId, List.of(endpointId))
        .flatMap(found -> Mono.justOrEmpty(found.get(endpointId)));
  }

  /** Those of these endpoints that exist, by id. */
  public Mono<Map<String, EndpointView>> byId(String tenantId, Collection<String> endpointIds) {
    return queries
        .all(tenantId, Query.of(SOME).texts(endpointIds), EndpointView::of)
        .map(rows -> rows.stream().collect(Collectors.toMap(EndpointView::endpointId, e -> e)));
  }
}
