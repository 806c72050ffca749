package io.crontopus.query.endpoint;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The endpoints of the read model. */
public final class Endpoints {

  static final int CURSOR_KEYS = 2;

  /** $2 seen since then is online, $3 seen since then is silent, $6 and $7 the cursor. */
  private static final String LIST =
      """
      SELECT * FROM (
        SELECT e.endpoint_id, e.name, e.hostname, e.machine_id, e.platform, coalesce(h.version, e.version) AS version,
               e.labels::text AS labels, h.scheduler, h.scheduler_alive, h.applied_commit, h.spool_depth,
               e.enrolled_at, h.last_seen_at,
               CASE
                 WHEN e.revoked_at IS NOT NULL THEN 'revoked'
                 WHEN h.last_seen_at IS NULL THEN 'new'
                 WHEN h.last_seen_at >= $2 THEN 'online'
                 WHEN h.last_seen_at >= $3 THEN 'silent'
                 ELSE 'offline'
               END AS status
        FROM endpoint e
        LEFT JOIN endpoint_heartbeat h ON h.tenant_id = $1 AND h.endpoint_id = e.endpoint_id
        WHERE e.tenant_id = $1
          AND ($4::text IS NULL OR e.platform = $4::text)
          AND ($5::text IS NULL OR strpos(lower(e.name), lower($5::text)) > 0
               OR strpos(lower(e.hostname), lower($5::text)) > 0)
          AND ($6::text IS NULL OR (e.name, e.endpoint_id) > ($6::text, $7::text))
      ) endpoints
      WHERE $8::text IS NULL OR status = $8::text
      ORDER BY name, endpoint_id
      LIMIT $9
      """;

  private static final String SOME =
      """
      SELECT e.endpoint_id, e.name, e.hostname, e.machine_id, e.platform, coalesce(h.version, e.version) AS version,
             e.labels::text AS labels, h.scheduler, h.scheduler_alive, h.applied_commit, h.spool_depth,
             e.enrolled_at, h.last_seen_at,
             CASE
               WHEN e.revoked_at IS NOT NULL THEN 'revoked'
               WHEN h.last_seen_at IS NULL THEN 'new'
               WHEN h.last_seen_at >= $2 THEN 'online'
               WHEN h.last_seen_at >= $3 THEN 'silent'
               ELSE 'offline'
             END AS status
      FROM endpoint e
      LEFT JOIN endpoint_heartbeat h ON h.tenant_id = $1 AND h.endpoint_id = e.endpoint_id
      WHERE e.tenant_id = $1 AND e.endpoint_id = ANY ($4::text[])
      """;

  private final TenantQueries queries;
  private final Clock clock;

  public Endpoints(TenantQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /** A page of the tenant's endpoints, by name. */
  public Mono<EndpointPage> list(
      String tenantId,
      @Nullable EndpointStatus status,
      @Nullable String platform,
      @Nullable String text,
      PageRequest page) {
    Query query =
        withThresholds(LIST)
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
        .all(tenantId, withThresholds(SOME).texts(endpointIds), EndpointView::of)
        .map(rows -> rows.stream().collect(Collectors.toMap(EndpointView::endpointId, e -> e)));
  }

  private Query withThresholds(String sql) {
    Instant now = clock.instant();
    return Query.of(sql)
        .time(EndpointStatus.onlineSince(now))
        .time(EndpointStatus.silentSince(now));
  }
}
