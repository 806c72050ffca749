package io.crontopus.query.job;

/**
 * What the statements about jobs as they were have in common; {@code $2} is the position, {@code
 * $3} the latest time of a run. A job's latest run is found among the runs themselves, of each
 * status that the tenant's runs have the newest that had begun.
 */
final class PastJobSql {

  /** Table {@code known}: the statuses that the tenant's runs have. */
  static final String KNOWN =
      """
      known AS MATERIALIZED (
        SELECT status
        FROM (VALUES ('running'), ('success'), ('failure'), ('timeout'), ('cancelled'), ('missed')) AS may_be (status)
        WHERE EXISTS (SELECT FROM run WHERE tenant_id = $1 AND run.status = may_be.status)
      )""";

  /** The latest run of job {@code j}, looked for by its name. */
  static final String LATEST =
      """
      SELECT latest.*
      FROM known
      CROSS JOIN LATERAL (
        SELECT run_id, status, finished_at, ordered_at, ended_position, finished_position FROM run
        WHERE tenant_id = $1 AND namespace = j.namespace AND job_name = j.name AND status = known.status
          AND ordered_at <= $3 AND began_position <= $2
        ORDER BY ordered_at DESC, run_id DESC
        LIMIT 1
      ) latest
      {unless}ORDER BY latest.ordered_at DESC, latest.run_id DESC
      LIMIT 1""";

  /**
   * How run {@code r} was: as it is, or as a result said that a newer one has replaced. {@code
   * LIMIT} holds the planner to one step in an index, and none for a run that had ended already.
   */
  static final String AS_IT_WAS =
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
      ) l""";

  /** $4 namespace, $5 name. A name that moved from one job to another belongs to the newer one. */
  static final String ONE =
      """
      WITH {known}
      SELECT {columns}, j.manifest::text AS manifest, p.problems::text AS problems
      FROM (
        SELECT * FROM job_history
        WHERE tenant_id = $1 AND valid_from <= $2 AND valid_to > $2 AND namespace = $4 AND name = $5
        ORDER BY updated_at DESC
        LIMIT 1
      ) j
      LEFT JOIN LATERAL (
      {latest}
      ) r ON true
      {as it was}
      LEFT JOIN LATERAL (
        SELECT * FROM manifest_problem_history
        WHERE tenant_id = $1 AND path = j.path AND valid_to > $2
        ORDER BY valid_to
        LIMIT 1
      ) p ON p.valid_from <= $2
      """
          .replace("{known}", KNOWN)
          .replace("{columns}", JobSql.COLUMNS)
          .replace("{latest}", LATEST.replace("{unless}", ""))
          .replace("{as it was}", AS_IT_WAS);

  private PastJobSql() {}
}
