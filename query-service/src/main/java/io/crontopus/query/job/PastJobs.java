package io.crontopus.query.job;

import io.crontopus.query.database.Columns;
import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import reactor.core.publisher.Mono;

/** The jobs as they were. */
public final class PastJobs {

  /** Pages up to this are quicker found name by name than among all jobs that there were. */
  private static final int SHORT_PAGE = 200;

  /** Looking through so many runs costs as much as looking for those of a few dozen jobs. */
  private static final int NEWEST_RUNS = 2_000;

  private final TenantQueries queries;

  public PastJobs(TenantQueries queries) {
    this.queries = queries;
  }

  /** A page of the jobs that the tenant had, by namespace and name. */
  public Mono<JobPage> list(String tenantId, Moment moment, JobFilter filter, PageRequest page) {
    boolean isShort = page.rows() <= SHORT_PAGE && filter.statuses().isEmpty();
    boolean byName = isShort && filter.labels().isEmpty() && filter.text() == null;
    Query query =
        then(PastJobSql.LIST, moment)
            .text(filter.namespace())
            .text(filter.labels().isEmpty() ? null : Columns.json(filter.labels()))
            .text(filter.text())
            .text(page.text(0))
            .text(page.text(1))
            .text(page.text(2))
            .texts(filter.statuses())
            .number(page.rows())
            .flag(byName)
            .number(isShort ? 0 : NEWEST_RUNS);
    return queries
        .all(tenantId, query, row -> JobView.of(row, moment.at()))
        .map(rows -> JobPage.of(rows, page).asOf(moment));
  }

  /** A job; empty when the tenant had none of this name. */
  public Mono<JobDetail> find(String tenantId, Moment moment, String namespace, String name) {
    return queries.first(
        tenantId,
        then(PastJobSql.ONE, moment).text(namespace).text(name),
        row -> JobDetail.of(row, moment.at()));
  }

  private static Query then(String sql, Moment moment) {
    return Query.of(sql).number(moment.position()).time(moment.latestRun());
  }
}
