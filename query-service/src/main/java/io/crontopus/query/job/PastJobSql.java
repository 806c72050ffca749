package io.crontopus.query.job;

import static io.crontopus.query.database.StatusWalks.forEachStatus;

/**
 * The statements that read {@code read_model.job_history}. A job's latest run is found among the
 * runs themselves, of each status that the tenant's runs have the newest that had begun.
 */
final class PastJobSql {

  private static final String WALK =
      """
      (SELECT namespace, job_name, run_id, status, finished_at, ordered_at, ended_position, finished_position
       FROM run
       WHERE tenant_id = $1 AND status = '{status}' AND ordered_at <= $3 AND began_position <= $2
       ORDER BY ordered_at DESC, run_id DESC
       LIMIT $13)
      """;

  /**
   * How run {@code r} was: as it is, or as a result said that a newer one has replaced. {@code
   * LIMIT} holds the planner to one step in an index, and none for a run that had ended already.
   */
  private static final String AS_IT_WAS =
      """
      LEFT JOIN LATERAL (
        SELECT valid_from, status, finished_at, finished_position FROM run_replaced_result
        WHERE tenant_id = $1 AND run_id = r.run_id AND valid_to > $2 AND r.ended_position > $2
        ORDER BY valid_to
        LIMIT 1
      ) earlier ON earlier.valid_from <= $2
      CROSS JOIN LATERAL (
        SELECT r.run_id,
               CASE WHEN r.ended_position <= $2 THEN r.status ELSE coalesce(earlier.status, 'running') END AS status,
               CASE
                 WHEN r.finished_position <= $2 THEN r.finished_at
                 WHEN earlier.finished_position <= $2 THEN earlier.finished_at
               END AS finished_at
      ) l
      """;

  /**
   * $2 position, $3 the latest time of a run, $4 namespace, $5 labels, $6 text, $7 to $9 the
   * cursor, $10 statuses, $11 rows, $12 by name, $13 runs. Without statuses, latest runs are looked
   * for only for a page.
   *
   * <p>A short page steps from one name to the next, and for each to its version; only where no
   * other filter than the namespace's may drop rows. Everything else starts from all versions that
   * were valid, in the index by their lengths. {@code LIMIT} and {@code OFFSET} hold the planner to
   * these steps: it would skip from name to name by itself, and read all later versions of each.
   *
   * <p>Most of many jobs have their latest run among the newest runs of the tenant, which are one
   * stretch of an index: $13 of these are looked through at first.
   */
  static final String LIST =
      """
      WITH RECURSIVE known AS MATERIALIZED (
        SELECT status
        FROM (VALUES ('running'), ('success'), ('failure'), ('timeout'), ('cancelled'), ('missed')) AS may_be (status)
        WHERE EXISTS (SELECT FROM run WHERE tenant_id = $1 AND run.status = may_be.status)
      ),
      ever AS (
        (SELECT namespace, name, job_id FROM job_history
         WHERE $12::boolean
           AND tenant_id = $1
           AND ($4::text IS NULL OR namespace = $4::text)
           AND ($7::text IS NULL OR (namespace, name, job_id) > ($7::text, $8::text, $9::text))
         ORDER BY namespace, name, job_id
         LIMIT 1)
        UNION ALL
        SELECT next.*
        FROM ever
        CROSS JOIN LATERAL (
          SELECT namespace, name, job_id FROM job_history
          WHERE tenant_id = $1
            AND ($4::text IS NULL OR namespace = $4::text)
            AND (namespace, name, job_id) > (ever.namespace, ever.name, ever.job_id)
          ORDER BY namespace, name, job_id
          LIMIT 1
        ) next
      ),
      versions AS (
        (SELECT v.*
         FROM ever
         CROSS JOIN LATERAL (
           SELECT * FROM job_history
           WHERE tenant_id = $1 AND job_id = ever.job_id AND valid_to > $2
           ORDER BY valid_to
           LIMIT 1
         ) v
         WHERE v.valid_from <= $2 AND v.namespace = ever.namespace AND v.name = ever.name
         LIMIT $11)
        UNION ALL
        SELECT v.*
        FROM generate_series(1, 63) AS lengths (span)
        CROSS JOIN LATERAL (
          SELECT * FROM job_history
          WHERE tenant_id = $1
            AND job_history.span = lengths.span
            AND valid_from <= $2
            AND valid_to > $2
            AND valid_to <= CASE WHEN lengths.span < 62 THEN $2 + (1::bigint << lengths.span) ELSE 9223372036854775807 END
          OFFSET 0
        ) v
        WHERE NOT $12::boolean
          AND ($4::text IS NULL OR v.namespace = $4::text)
          AND ($5::text IS NULL OR v.labels @> ($5::text)::jsonb)
          AND ($6::text IS NULL OR strpos(lower(v.name), lower($6::text)) > 0)
          AND ($7::text IS NULL OR (v.namespace, v.name, v.job_id) > ($7::text, $8::text, $9::text))
      ),
      newest AS MATERIALIZED (
        SELECT DISTINCT ON (namespace, job_name) *
        FROM (
          {walks}
          ORDER BY ordered_at DESC, run_id DESC
          LIMIT $13
        ) runs
        ORDER BY namespace, job_name, ordered_at DESC, run_id DESC
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
          SELECT * FROM versions
          ORDER BY namespace, name, job_id
          LIMIT CASE WHEN cardinality($10::text[]) = 0 THEN $11::bigint END
        ) j
        LEFT JOIN newest n ON n.namespace = j.namespace AND n.job_name = j.name
        LEFT JOIN LATERAL (
          SELECT r.*
          FROM known
          CROSS JOIN LATERAL (
            SELECT run_id, status, finished_at, ordered_at, ended_position, finished_position FROM run
            WHERE tenant_id = $1 AND namespace = j.namespace AND job_name = j.name AND status = known.status
              AND ordered_at <= $3 AND began_position <= $2
            ORDER BY ordered_at DESC, run_id DESC
            LIMIT 1
          ) r
          WHERE n.run_id IS NULL
          ORDER BY r.ordered_at DESC, r.run_id DESC
          LIMIT 1
        ) o ON true
        CROSS JOIN LATERAL (
          SELECT coalesce(n.run_id, o.run_id) AS run_id,
                 coalesce(n.status, o.status) AS status,
                 coalesce(n.finished_at, o.finished_at) AS finished_at,
                 coalesce(n.ended_position, o.ended_position) AS ended_position,
                 coalesce(n.finished_position, o.finished_position) AS finished_position
        ) r
        {as it was}
      ) jobs
      WHERE cardinality($10::text[]) = 0 OR status = ANY ($10::text[])
      ORDER BY namespace, name, job_id
      LIMIT $11
      """
          .replace("{walks}", forEachStatus(WALK))
          .replace("{as it was}", AS_IT_WAS);

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
        SELECT newest.*
        FROM known
        CROSS JOIN LATERAL (
          SELECT run_id, status, finished_at, ordered_at, ended_position, finished_position FROM run
          WHERE tenant_id = $1 AND namespace = j.namespace AND job_name = j.name AND status = known.status
            AND ordered_at <= $3 AND began_position <= $2
          ORDER BY ordered_at DESC, run_id DESC
          LIMIT 1
        ) newest
        ORDER BY newest.ordered_at DESC, newest.run_id DESC
        LIMIT 1
      ) r ON true
      {as it was}
      LEFT JOIN LATERAL (
        SELECT * FROM manifest_problem_history
        WHERE tenant_id = $1 AND path = j.path AND valid_to > $2
        ORDER BY valid_to
        LIMIT 1
      ) p ON p.valid_from <= $2
      """
          .replace("{as it was}", AS_IT_WAS);

  private PastJobSql() {}
}
