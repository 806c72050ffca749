package io.crontopus.query.instance;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * What the endpoints' schedulers had. Lists hold one row more than asked for, if there is one.
 *
 * <p>A row's version ends where the next one begins: of those that ended later, the first is the
 * one, if it had begun.
 */
public final class PastInstances {

  /** $2 position, $3 endpoint, $4 to $6 the cursor, $7 rows. */
  private static final String OF_ENDPOINT =
      """
      SELECT i.endpoint_id, e.name AS endpoint_name, i.job_id, i.namespace, i.name, i.path, i.state,
             i.schedule::text AS schedule, i.timezone, i.message, o.commit_id, o.observed_at
      FROM (
        SELECT * FROM endpoint_history
        WHERE tenant_id = $1 AND endpoint_id = $3 AND valid_to > $2 ORDER BY valid_to LIMIT 1
      ) e
      JOIN (
        SELECT * FROM endpoint_report_history
        WHERE tenant_id = $1 AND endpoint_id = $3 AND valid_to > $2 ORDER BY valid_to LIMIT 1
      ) o ON o.valid_from <= $2
      JOIN job_instance_history i ON i.tenant_id = $1 AND i.endpoint_id = $3
      WHERE e.valid_from <= $2
        AND i.valid_from <= $2
        AND i.valid_to > $2
        AND ($4::text IS NULL OR (i.namespace, i.name, i.job_id) > ($4::text, $5::text, $6::text))
      ORDER BY i.namespace, i.name, i.job_id
      LIMIT $7
      """;

  /** $2 position, $3 job, $4 the cursor, $5 rows. */
  private static final String OF_JOB =
      """
      SELECT i.endpoint_id, e.name AS endpoint_name, i.job_id, i.namespace, i.name, i.path, i.state,
             i.schedule::text AS schedule, i.timezone, i.message, o.commit_id, o.observed_at
      FROM job_instance_history i
      JOIN LATERAL (
        SELECT * FROM endpoint_history
        WHERE tenant_id = $1 AND endpoint_id = i.endpoint_id AND valid_to > $2 ORDER BY valid_to LIMIT 1
      ) e ON e.valid_from <= $2
      JOIN LATERAL (
        SELECT * FROM endpoint_report_history
        WHERE tenant_id = $1 AND endpoint_id = i.endpoint_id AND valid_to > $2 ORDER BY valid_to LIMIT 1
      ) o ON o.valid_from <= $2
      WHERE i.tenant_id = $1
        AND i.job_id = $3
        AND i.valid_from <= $2
        AND i.valid_to > $2
        AND ($4::text IS NULL OR i.endpoint_id > $4::text)
      ORDER BY i.endpoint_id
      LIMIT $5
      """;

  private final TenantQueries queries;

  public PastInstances(TenantQueries queries) {
    this.queries = queries;
  }

  /** The jobs of an endpoint, by namespace and name; the cursor's keys are these and the id. */
  public Mono<List<InstanceView>> ofEndpoint(
      String tenantId, Moment moment, String endpointId, PageRequest page) {
    Query query =
        Query.of(OF_ENDPOINT)
            .number(moment.position())
            .text(endpointId)
            .text(page.text(0))
            .text(page.text(1))
            .text(page.text(2))
            .number(page.rows());
    return read(tenantId, query, moment);
  }

  /** The endpoints of a job, by id, which is the cursor's key. */
  public Mono<List<InstanceView>> ofJob(
      String tenantId, Moment moment, String jobId, PageRequest page) {
    Query query =
        Query.of(OF_JOB)
            .number(moment.position())
            .text(jobId)
            .text(page.text(0))
            .number(page.rows());
    return read(tenantId, query, moment);
  }

  private Mono<List<InstanceView>> read(String tenantId, Query query, Moment moment) {
    return queries.all(tenantId, query, row -> InstanceView.of(row, moment.at()));
  }
}
