package io.crontopus.query.job;

import io.crontopus.query.database.Columns;
import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** The jobs of the read model. */
public final class Jobs {

  static final int CURSOR_KEYS = 3;

  private final TenantQueries queries;
  private final Clock clock;

  public Jobs(TenantQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /** A page of the tenant's jobs, by namespace and name. */
  public Mono<JobPage> list(String tenantId, JobFilter filter, PageRequest page) {
    Query query =
        Query.of(JobSql.LIST)
            .text(filter.namespace())
            .text(filter.labels().isEmpty() ? null : Columns.json(filter.labels()))
            .text(filter.text())
            .text(page.text(0))
            .text(page.text(1))
            .text(page.text(2))
            .texts(filter.statuses())
            .number(page.rows());
    Instant now = clock.instant();
    return queries
        .all(tenantId, query, row -> JobView.of(row, now))
        .map(rows -> JobPage.of(rows, page));
  }

  /** A job; empty when the tenant has none of this name. */
  public Mono<JobDetail> find(String tenantId, String namespace, String name) {
    Instant now = clock.instant();
    return queries.first(
        tenantId, Query.of(JobSql.ONE).text(namespace).text(name), row -> JobDetail.of(row, now));
  }

  /** Those of these jobs that exist, by id. */
  public Mono<Map<String, JobView>> byId(String tenantId, Collection<String> jobIds) {
    Instant now = clock.instant();
    return queries
        .all(tenantId, Query.of(JobSql.SOME).texts(jobIds), row -> JobView.of(row, now))
        .map(rows -> rows.stream().collect(Collectors.toMap(JobView::jobId, job -> job)));
  }
}
