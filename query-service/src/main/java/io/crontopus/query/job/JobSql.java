package io.crontopus.query.job;

/** The statements that read {@code read_model.job}. */
final class JobSql {

  /** What is shown of job {@code j} with its latest run {@code l}. */
  static final String COLUMNS =
      """
      j.job_id, j.namespace, j.name, j.path, j.commit_id, j.enabled, j.paused, j.updated_at,
      j.labels::text AS labels, (j.manifest #> '{metadata,annotations}')::text AS annotations,
      (j.manifest #> '{spec,schedule}')::text AS schedule, j.manifest #>> '{spec,timezone}' AS timezone,
      j.manifest #>> '{spec,command}' AS command,
      l.run_id, l.status AS run_status, l.finished_at,
      CASE
        WHEN NOT j.enabled THEN 'disabled'
        WHEN j.paused THEN 'paused'
        WHEN l.run_id IS NULL THEN 'new'
        WHEN l.status = 'running' THEN 'running'
        WHEN l.status IN ('failure', 'timeout', 'missed') THEN 'down'
        ELSE 'up'
      END AS status""";

  /** $2 namespace, $3 labels, $4 text, $5 to $7 the cursor, $8 statuses, $9 rows. */
  static final String LIST =
      """
      SELECT * FROM (
        SELECT {columns}
        FROM job j
        LEFT JOIN job_last_run l ON l.tenant_id = $1 AND l.namespace = j.namespace AND l.name = j.name
        WHERE j.tenant_id = $1
          AND ($2::text IS NULL OR j.namespace = $2::text)
          AND ($3::text IS NULL OR j.labels @> ($3::text)::jsonb)
          AND ($4::text IS NULL OR strpos(lower(j.name), lower($4::text)) > 0)
          AND ($5::text IS NULL OR (j.namespace, j.name, j.job_id) > ($5::text, $6::text, $7::text))
      ) jobs
      WHERE cardinality($8::text[]) = 0 OR status = ANY ($8::text[])
      ORDER BY namespace, name, job_id
      LIMIT $9
      """
          .replace("{columns}", COLUMNS);

  /** $2 ids. */
  static final String SOME =
      """
      SELECT {columns}
      FROM job j
      LEFT JOIN job_last_run l ON l.tenant_id = $1 AND l.namespace = j.namespace AND l.name = j.name
      WHERE j.tenant_id = $1 AND j.job_id = ANY ($2::text[])
      """
          .replace("{columns}", COLUMNS);

  /** $2 namespace, $3 name. A name that moved from one job to another belongs to the newer one. */
  static final String ONE =
      """
      SELECT {columns}, j.manifest::text AS manifest, p.problems::text AS problems
      FROM job j
      LEFT JOIN job_last_run l ON l.tenant_id = $1 AND l.namespace = j.namespace AND l.name = j.name
      LEFT JOIN manifest_problem p ON p.tenant_id = $1 AND p.path = j.path
      WHERE j.tenant_id = $1 AND j.namespace = $2 AND j.name = $3
      ORDER BY j.updated_at DESC
      LIMIT 1
      """
          .replace("{columns}", COLUMNS);

  private JobSql() {}
}
