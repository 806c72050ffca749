package io.crontopus.query.run;

import static io.crontopus.query.database.StatusWalks.forEachStatus;

/**
 * The statements that read {@code read_model.run}.
 *
 * <p>A list stays quick only while it walks one index in its order. The indexes have the status
 * before the time, so each status is a walk of its own, as long as a page at most, and the walks
 * are merged; those that are not asked for fold away when the statement is planned.
 *
 * <p>Parameters of lists: $2 namespace, $3 job, $4 endpoint, $5 statuses, $6 from, $7 to, $8 and $9
 * the cursor, $10 rows, $11 with output.
 */
final class RunSql {

  private static final String WALK =
      """
      (SELECT run_id, job_name, namespace, job_id, endpoint_id, status, exit_code, started_at, finished_at,
              duration_millis, CASE WHEN $11 THEN output END AS output, output_truncated, error_message, source,
              commit_id, received_at, ordered_at
       FROM run
       WHERE tenant_id = $1
         AND status = '{status}'
         AND '{status}' = ANY ($5::text[])
         AND ($2::text IS NULL OR namespace = $2::text)
         AND ($3::text IS NULL OR job_name = $3::text)
         AND ($4::text IS NULL OR endpoint_id = $4::text)
         AND ($6::timestamptz IS NULL OR ordered_at >= $6::timestamptz)
         AND ($7::timestamptz IS NULL OR ordered_at < $7::timestamptz)
         AND ($8::timestamptz IS NULL OR ordered_at <= $8::timestamptz)
         AND ($8::timestamptz IS NULL OR (ordered_at, run_id) < ($8::timestamptz, $9::text))
       ORDER BY ordered_at DESC, run_id DESC
       LIMIT $10)
      """;

  private static final String WALK_OF_JOB =
      """
      (SELECT * FROM run
       WHERE tenant_id = $1
         AND namespace = job.namespace
         AND job_name = $3::text
         AND status = '{status}'
         AND '{status}' = ANY ($5::text[])
         AND ($4::text IS NULL OR endpoint_id = $4::text)
         AND ($6::timestamptz IS NULL OR ordered_at >= $6::timestamptz)
         AND ($7::timestamptz IS NULL OR ordered_at < $7::timestamptz)
         AND ($8::timestamptz IS NULL OR ordered_at <= $8::timestamptz)
         AND ($8::timestamptz IS NULL OR (ordered_at, run_id) < ($8::timestamptz, $9::text))
       ORDER BY ordered_at DESC, run_id DESC
       LIMIT $10)
      """;

  static final String LIST =
      """
      {walks}
      ORDER BY ordered_at DESC, run_id DESC
      LIMIT $10
      """
          .replace("{walks}", forEachStatus(WALK));

  /** Of a job's name in whatever namespace, each of which has walks of its own. */
  static final String LIST_BY_JOB_NAME =
      """
      SELECT r.run_id, r.job_name, r.namespace, r.job_id, r.endpoint_id, r.status, r.exit_code, r.started_at,
             r.finished_at, r.duration_millis, CASE WHEN $11 THEN r.output END AS output, r.output_truncated,
             r.error_message, r.source, r.commit_id, r.received_at, r.ordered_at
      FROM job_last_run job
      CROSS JOIN LATERAL (
        {walks}
        ORDER BY ordered_at DESC, run_id DESC
        LIMIT $10
      ) r
      WHERE job.tenant_id = $1
        AND ($2::text IS NULL OR job.namespace = $2::text)
        AND job.name = $3::text
      ORDER BY r.ordered_at DESC, r.run_id DESC
      LIMIT $10
      """
          .replace("{walks}", forEachStatus(WALK_OF_JOB));

  static final String ONE =
      """
      SELECT run_id, job_name, namespace, job_id, endpoint_id, status, exit_code, started_at, finished_at,
             duration_millis, output, output_truncated, error_message, source, commit_id, received_at, ordered_at
      FROM run
      WHERE tenant_id = $1 AND run_id = $2
      """;

  static final String SOME =
      """
      SELECT run_id, job_name, namespace, job_id, endpoint_id, status, exit_code, started_at, finished_at,
             duration_millis, NULL::text AS output, output_truncated, error_message, source, commit_id, received_at,
             ordered_at
      FROM run
      WHERE tenant_id = $1 AND run_id = ANY ($2::text[])
      """;

  private RunSql() {}
}
