package io.crontopus.query.job;

/**
 * The statements that read {@code read_model.job_history}. A job's latest run is found among the
 * runs themselves, of each status that the tenant's runs have the newest that had begun.
 */
final class PastJobSql {

  /**
   * $2 position, $3 the latest time of a run, $4 namespace, $5 labels, $6 text, $7 to $9 the
   * cursor, $10 statuses, $11 rows. Without statuses, latest runs are looked for only for a page.
   */
  static final String LIST =
      """
      WITH known AS MATERIALIZED (
        SELECT status
        FROM (VALUES ('running'), ('success'), ('failure'), ('timeout'), ('cancelled'), ('missed')) AS may_be (status)
        WHERE EXISTS (SELECT FROM run WHERE tenant_id = $1 AND run.status = may_be.status)
      )
      SELECT * FROM (
        SELECT j.job_id, j.namespace, j.name, j.path, j.commit_id, j.enabled, j.paused, j.updated_at,
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
               END AS status
        FROM (
          SELECT * FROM job_history
          WHERE tenant_id = $1 AND valid_from <= $2 AND valid_to > $2
            AND ($4::text IS NULL OR namespace = $4::text)
            AND ($5::text IS NULL OR labels @> ($5::text)::jsonb)
            AND ($6::text IS NULL OR strpos(lower(name), lower($6::text)) > 0)
            AND ($7::text IS NULL OR (namespace, name, job_id) > ($7::text, $8::text, $9::text))
          ORDER BY namespace, name, job_id
          LIMIT CASE WHEN cardinality($10::text[]) = 0 THEN $11::bigint END
        ) j
        LEFT JOIN LATERAL (
          SELECT r.run_id,
                 CASE WHEN r.ended_position <= $2 THEN r.status ELSE 'running' END AS status,
                 CASE WHEN r.finished_position <= $2 THEN r.finished_at END AS finished_at
          FROM known
          CROSS JOIN LATERAL (
            SELECT run_id, status, finished_at, ordered_at, ended_position, finished_position FROM run
            WHERE tenant_id = $1 AND namespace = j.namespace AND job_name = j.name AND status = known.status
              AND ordered_at <= $3 AND began_position <= $2
            ORDER BY ordered_at DESC, run_id DESC
            LIMIT 1
          ) r
          ORDER BY r.ordered_at DESC, r.run_id DESC
          LIMIT 1
        ) l ON true
      ) jobs
      WHERE cardinality($10::text[]) = 0 OR status = ANY ($10::text[])
      ORDER BY namespace, name, job_id
      LIMIT $11
      """;

  /**
   * $2 position, $3 the latest time of a run, $4 namespace, $5 name. A name that moved from one job
   * to another belongs to the newer one.
   */
  static final String ONE =
      """
      WITH known AS MATERIALIZED (
        SELECT status
        FROM (VALUES ('running'), ('success'), ('failure'), ('timeout'), ('cancelled'), ('missed')) AS may_be (status)
        WHERE EXISTS (SELECT FROM run WHERE tenant_id = $1 AND run.status = may_be.status)
      )
      SELECT j.job_id, j.namespace, j.name, j.path, j.commit_id, j.enabled, j.paused, j.updated_at,
             j.labels::text AS labels, (j.manifest #> '{metadata,annotations}')::text AS annotations,
             (j.manifest #> '{spec,schedule}')::text AS schedule, j.manifest #>> '{spec,timezone}' AS timezone,
             j.manifest #>> '{spec,command}' AS command, j.manifest::text AS manifest, p.problems::text AS problems,
             l.run_id, l.status AS run_status, l.finished_at,
             CASE
               WHEN NOT j.enabled THEN 'disabled'
               WHEN j.paused THEN 'paused'
               WHEN l.run_id IS NULL THEN 'new'
               WHEN l.status = 'running' THEN 'running'
               WHEN l.status IN ('failure', 'timeout', 'missed') THEN 'down'
               ELSE 'up'
             END AS status
      FROM (
        SELECT * FROM job_history
        WHERE tenant_id = $1 AND valid_from <= $2 AND valid_to > $2 AND namespace = $4 AND name = $5
        ORDER BY updated_at DESC
        LIMIT 1
      ) j
      LEFT JOIN LATERAL (
        SELECT r.run_id,
               CASE WHEN r.ended_position <= $2 THEN r.status ELSE 'running' END AS status,
               CASE WHEN r.finished_position <= $2 THEN r.finished_at END AS finished_at
        FROM known
        CROSS JOIN LATERAL (
          SELECT run_id, status, finished_at, ordered_at, ended_position, finished_position FROM run
          WHERE tenant_id = $1 AND namespace = j.namespace AND job_name = j.name AND status = known.status
            AND ordered_at <= $3 AND began_position <= $2
          ORDER BY ordered_at DESC, run_id DESC
          LIMIT 1
        ) r
        ORDER BY r.ordered_at DESC, r.run_id DESC
        LIMIT 1
      ) l ON true
      LEFT JOIN LATERAL (
        SELECT * FROM manifest_problem_history
        WHERE tenant_id = $1 AND path = j.path AND valid_to > $2
        ORDER BY valid_to
        LIMIT 1
      ) p ON p.valid_from <= $2
      """;

  private PastJobSql() {}
}
