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
 * one, if it had begun. Statements step from one row that there ever was to the next, and for each
 * to its version. Without these steps the planner goes by the wrong index: it takes skipping over
 * the rows of one endpoint, or of one job, to be as much work as over those of all.
 */
public final class PastInstances {

  /** $2 position, $3 endpoint, $4 to $6 the cursor, $7 rows. */
  private static final String OF_ENDPOINT =
      """
      WITH RECURSIVE ever AS (
        (SELECT job_id FROM job_instance_history
         WHERE tenant_id = $1 AND endpoint_id = $3
         ORDER BY job_id
         LIMIT 1)
        UNION ALL
        SELECT next.job_id
        FROM ever
        CROSS JOIN LATERAL (
          SELECT job_id FROM job_instance_history
          WHERE tenant_id = $1 AND endpoint_id = $3 AND job_id > ever.job_id
          ORDER BY job_id
          LIMIT 1
        ) next
      )
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
      CROSS JOIN ever
      CROSS JOIN LATERAL (
        SELECT * FROM job_instance_history
        WHERE tenant_id = $1 AND endpoint_id = $3 AND job_id = ever.job_id AND valid_to > $2
        ORDER BY valid_to
        LIMIT 1
      ) i
      WHERE e.valid_from <= $2
        AND i.valid_from <= $2
        AND ($4::text IS NULL OR (i.namespace, i.name, i.job_id) > ($4::text, $5::text, $6::text))
      ORDER BY i.namespace, i.name, i.job_id
      LIMIT $7
      """;

  /** $2 position, $3 job, $4 the cursor, $5 rows. */
  private static final String OF_JOB =
      """
      WITH RECURSIVE ever AS (
        (SELECT endpoint_id FROM job_instance_history
         WHERE tenant_id = $1 AND job_id = $3 AND ($4::text IS NULL OR endpoint_id > $4::text)
         ORDER BY endpoint_id
         LIMIT 1)
        UNION ALL
        SELECT next.endpoint_id
        FROM ever
        CROSS JOIN LATERAL (
          SELECT endpoint_id FROM job_instance_history
          WHERE tenant_id = $1 AND job_id = $3 AND endpoint_id > ever.endpoint_id
          ORDER BY endpoint_id
          LIMIT 1
        ) next
      )
      SELECT * FROM (
        SELECT i.endpoint_id, e.name AS endpoint_name, i.job_id, i.namespace, i.name, i.path, i.state,
               i.schedule::text AS schedule, i.timezone, i.message, o.commit_id, o.observed_at
        FROM ever
        CROSS JOIN LATERAL (
          SELECT * FROM job_instance_history
          WHERE tenant_id = $1 AND job_id = $3 AND endpoint_id = ever.endpoint_id AND valid_to > $2
          ORDER BY valid_to
          LIMIT 1
        ) i
        JOIN LATERAL (
          SELECT * FROM endpoint_history
          WHERE tenant_id = $1 AND endpoint_id = i.endpoint_id AND valid_to > $2 ORDER BY valid_to LIMIT 1
        ) e ON e.valid_from <= $2
        JOIN LATERAL (
          SELECT * FROM endpoint_report_history
          WHERE tenant_id = $1 AND endpoint_id = i.endpoint_id AND valid_to > $2 ORDER BY valid_to LIMIT 1
        ) o ON o.valid_from <= $2
        WHERE i.valid_from <= $2
        LIMIT $5
      ) instances
      ORDER BY endpoint_id
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
