package io.crontopus.query.run;

/**
 * The statements that read {@code read_model.run}.
 *
 * <p>Lists have three shapes, because a list stays quick only when it walks one index in its order:
 * with several statuses, or a job's name in whatever namespace, each of those has a walk of its own
 * and the walks are merged.
 *
 * <p>Parameters of lists: $2 namespace, $3 job, $4 endpoint, $5 status or statuses, $6 from, $7 to,
 * $8 and $9 the cursor, $10 rows, $11 with output.
 */
final class RunSql {

  static final String LIST =
      """
      SELECT run_id, job_name, namespace, job_id, endpoint_id, status, exit_code, started_at, finished_at,
             duration_millis, CASE WHEN $11 THEN output END AS output, output_truncated, error_message, source,
             commit_id, received_at, ordered_at
      FROM run
      WHERE tenant_id = $1
        AND ($2::text IS NULL OR namespace = $2::text)
        AND ($3::text IS NULL OR job_name = $3::text)
        AND ($4::text IS NULL OR endpoint_id = $4::text)
        AND ($5::text IS NULL OR status = $5::text)
        AND ($6::timestamptz IS NULL OR ordered_at >= $6::timestamptz)
        AND ($7::timestamptz IS NULL OR ordered_at < $7::timestamptz)
        AND ($8::timestamptz IS NULL OR (ordered_at, run_id) < ($8::timestamptz, $9::text))
      ORDER BY ordered_at DESC, run_id DESC
      LIMIT $10
      """;

  static final String LIST_BY_STATUSES =
      """
      SELECT r.run_id, r.job_name, r.namespace, r.job_id, r.endpoint_id, r.status, r.exit_code, r.started_at,
             r.finished_at, r.duration_millis, CASE WHEN $11 THEN r.output END AS output, r.output_truncated,
             r.error_message, r.source, r.commit_id, r.received_at, r.ordered_at
      FROM unnest($5::text[]) AS wanted (status)
      CROSS JOIN LATERAL (
        SELECT * FROM run
        WHERE tenant_id = $1
          AND status = wanted.status
          AND ($2::text IS NULL OR namespace = $2::text)
          AND ($3::text IS NULL OR job_name = $3::text)
          AND ($4::text IS NULL OR endpoint_id = $4::text)
          AND ($6::timestamptz IS NULL OR ordered_at >= $6::timestamptz)
          AND ($7::timestamptz IS NULL OR ordered_at < $7::timestamptz)
          AND ($8::timestamptz IS NULL OR (ordered_at, run_id) < ($8::timestamptz, $9::text))
        ORDER BY ordered_at DESC, run_id DESC
        LIMIT $10
      ) r
      ORDER BY r.ordered_at DESC, r.run_id DESC
      LIMIT $10
      """;

  static final String LIST_BY_JOB_NAME =
      """
      SELECT r.run_id, r.job_name, r.namespace, r.job_id, r.endpoint_id, r.status, r.exit_code, r.started_at,
             r.finished_at, r.duration_millis, CASE WHEN $11 THEN r.output END AS output, r.output_truncated,
             r.error_message, r.source, r.commit_id, r.received_at, r.ordered_at
      FROM job_last_run job
      CROSS JOIN LATERAL (
        SELECT * FROM run
        WHERE tenant_id = $1
          AND namespace = job.namespace
          AND job_name = $3::text
          AND ($4::text IS NULL OR endpoint_id = $4::text)
          AND (cardinality($5::text[]) = 0 OR status = ANY ($5::text[]))
          AND ($6::timestamptz IS NULL OR ordered_at >= $6::timestamptz)
          AND ($7::timestamptz IS NULL OR ordered_at < $7::timestamptz)
          AND ($8::timestamptz IS NULL OR (ordered_at, run_id) < ($8::timestamptz, $9::text))
        ORDER BY ordered_at DESC, run_id DESC
        LIMIT $10
      ) r
      WHERE job.tenant_id = $1
        AND ($2::text IS NULL OR job.namespace = $2::text)
        AND job.name = $3::text
      ORDER BY r.ordered_at DESC, r.run_id DESC
      LIMIT $10
      """;

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
