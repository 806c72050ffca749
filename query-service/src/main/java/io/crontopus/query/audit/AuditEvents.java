package io.crontopus.query.audit;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import java.util.List;
import reactor.core.publisher.Mono;

/** The events of the audit log. */
public final class AuditEvents {

  static final int CURSOR_KEYS = 1;

  private static final String COLUMNS =
      """
      SELECT tenant_id, seq, logged_at, logged_type, logged_actor, subject, leaf_hash, chain, event_id, aggregate_type,
             aggregate_id, sequence, payload_type, payload_revision, recorded_at, metadata, payload
      FROM audit.event
      WHERE tenant_id = $1
      """;
  private static final String LIST =
      COLUMNS
          + """
              AND ($2::bigint IS NULL OR seq < $2::bigint)
              AND ($3::text IS NULL OR logged_actor = $3::text)
              AND ($4::text IS NULL OR logged_type = $4::text)
              AND ($5::text IS NULL OR subject = $5::text)
              AND ($6::timestamptz IS NULL OR logged_at >= $6::timestamptz)
              AND ($7::timestamptz IS NULL OR logged_at < $7::timestamptz)
            ORDER BY seq DESC
            LIMIT $8
            """;
  private static final String RANGE = COLUMNS + " AND seq >= $2 AND seq <= $3 ORDER BY seq";

  private final TenantQueries queries;

  public AuditEvents(TenantQueries queries) {
    this.queries = queries;
  }

  /** A page of the events, the latest first. */
  Mono<AuditEventPage> list(String tenantId, AuditFilter filter, PageRequest page) {
    Query query =
        Query.of(LIST)
            .number(page.number(0))
            .text(filter.actor())
            .text(filter.type())
            .text(filter.subject())
            .time(filter.from())
            .time(filter.to())
            .number(page.rows());
    return queries.all(tenantId, query, AuditRow::of).map(rows -> AuditEventPage.of(rows, page));
  }

  /** The event at this place. */
  Mono<AuditEventDetail> at(String tenantId, long seq) {
    return range(tenantId, seq, seq)
        .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()))
        .map(AuditEventDetail::of);
  }

  /** The events from one place to another, both included. */
  Mono<List<AuditRow>> range(String tenantId, long first, long last) {
    return queries.all(tenantId, Query.of(RANGE).number(first).number(last), AuditRow::of);
  }
}
