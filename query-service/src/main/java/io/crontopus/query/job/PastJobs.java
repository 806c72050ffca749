package io.crontopus.query.job;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import reactor.core.publisher.Mono;

/** The jobs as they were. */
public final class PastJobs {

  private final TenantQueries queries;

  public PastJobs(TenantQueries queries) {
    this.queries = queries;
  }

  /** A page of the jobs that the tenant had, by namespace and name. */
  public Mono<JobPage> list(String tenantId, Moment moment, JobFilter filter, PageRequest page) {
    return queries
        .all(tenantId, PastJobList.of(moment, filter, page), row -> JobView.of(row, moment.at()))
        .map(rows -> JobPage.of(rows, page).asOf(moment));
  }

  /** A job; empty when the tenant had none of this name. */
  public Mono<JobDetail> find(String tenantId, Moment moment, String namespace, String name) {
    Query query =
        Query.of(PastJobSql.ONE)
            .number(moment.position())
            .time(moment.latestRun())
            .text(namespace)
            .text(name);
    return queries.first(tenantId, query, row -> JobDetail.of(row, moment.at()));
  }
}
