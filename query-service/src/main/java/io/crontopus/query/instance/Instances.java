package io.crontopus.query.instance;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** What the endpoints' schedulers have. Lists hold one row more than asked for, if there is one. */
public final class Instances {

  private static final String OF_ENDPOINT =
      """
      SELECT i.endpoint_id, e.name AS endpoint_name, i.job_id, i.namespace, i.name, i.path, i.state,
             i.schedule::text AS schedule, i.timezone, i.message, i.commit_id, i.observed_at
      FROM job_instance i
      JOIN endpoint e ON e.tenant_id = $1 AND e.endpoint_id = i.endpoint_id
      WHERE i.tenant_id = $1
        AND i.endpoint_id = $2
        AND ($3::text IS NULL OR (i.namespace, i.name, i.job_id) > ($3::text, $4::text, $5::text))
      ORDER BY i.namespace, i.name, i.job_id
      LIMIT $6
      """;

  private static final String OF_JOB =
      """
      SELECT i.endpoint_id, e.name AS endpoint_name, i.job_id, i.namespace, i.name, i.path, i.state,
             i.schedule::text AS schedule, i.timezone, i.message, i.commit_id, i.observed_at
      FROM job_instance i
      JOIN endpoint e ON e.tenant_id = $1 AND e.endpoint_id = i.endpoint_id
      WHERE i.tenant_id = $1
        AND i.job_id = $2
        AND ($3::text IS NULL OR i.endpoint_id > $3::text)
      ORDER BY i.endpoint_id
      LIMIT $4
      """;

  private final TenantQueries queries;
  private final Clock clock;

  public Instances(TenantQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /** The jobs of an endpoint, by namespace and name; the cursor's keys are these and the id. */
  public Mono<List<InstanceView>> ofEndpoint(String tenantId, String endpointId, PageRequest page) {
    Query query =
        Query.of(OF_ENDPOINT)
            .text(endpointId)
            .text(page.text(0))
            .text(page.text(1))
            .text(page.text(2))
            .number(page.rows());
    return read(tenantId, query);
  }

  /** The endpoints of a job, by id, which is the cursor's key. */
  public Mono<List<InstanceView>> ofJob(String tenantId, String jobId, PageRequest page) {
    return read(tenantId, Query.of(OF_JOB).text(jobId).text(page.text(0)).number(page.rows()));
  }

  private Mono<List<InstanceView>> read(String tenantId, Query query) {
    Instant now = clock.instant();
    return queries.all(tenantId, query, row -> InstanceView.of(row, now));
  }
}
