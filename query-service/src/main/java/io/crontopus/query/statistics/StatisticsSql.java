package io.crontopus.query.statistics;

import static io.crontopus.query.database.StatusWalks.forEachStatus;

/**
 * The statements that read {@code read_model.run_hourly} and {@code read_model.run_daily}: full
 * days from the one, the hours before and after from the other. A run counts in two rows of each:
 * in its job's, which names no endpoint, and in its endpoint's, which names no job. Only a page's
 * jobs or endpoints are counted, and they stand together in an index.
 *
 * <p>Parameters of counts: $2 from, $3 the first full day, $4 the end of the last, $5 to, $6 the
 * pieces that are wanted.
 */
final class StatisticsSql {

  /** $2 namespace, $3 and $4 the cursor, $5 from, $6 rows. */
  static final String JOBS =
      """
      SELECT namespace, name
      FROM job_last_run
      WHERE tenant_id = $1
        AND ($2::text IS NULL OR namespace = $2::text)
        AND ($3::text IS NULL OR (namespace, name) > ($3::text, $4::text))
        AND ordered_at >= $5
      ORDER BY namespace, name
      LIMIT $6
      """;

  /** Steps from one endpoint that runs are of to the next. $2 the cursor, $3 rows. */
  static final String ENDPOINTS =
      """
      WITH RECURSIVE seen AS (
        (SELECT endpoint_id FROM run
         WHERE tenant_id = $1 AND endpoint_id > coalesce($2::text, '')
         ORDER BY endpoint_id LIMIT 1)
        UNION ALL
        SELECT (SELECT r.endpoint_id FROM run r
                WHERE r.tenant_id = $1 AND r.endpoint_id > seen.endpoint_id
                ORDER BY r.endpoint_id LIMIT 1)
        FROM seen
        WHERE seen.endpoint_id IS NOT NULL
      )
      SELECT seen.endpoint_id, e.name
      FROM (SELECT endpoint_id FROM seen WHERE endpoint_id IS NOT NULL LIMIT $3) seen
      LEFT JOIN endpoint e ON e.tenant_id = $1 AND e.endpoint_id = seen.endpoint_id
      ORDER BY seen.endpoint_id
      """;

  /** Of the jobs with the namespaces $7 and the names $8. */
  static final String COUNTS_OF_JOBS =
      """
      SELECT wanted.namespace, wanted.job_name, counted.*
      FROM unnest($7::text[], $8::text[]) AS wanted (namespace, job_name)
      CROSS JOIN LATERAL (
        SELECT status,
               CASE $6 WHEN 'hour' THEN at WHEN 'day' THEN date_trunc('day', at, 'UTC') END AS piece,
               sum(runs)::bigint AS runs, sum(duration_count)::bigint AS durations,
               sum(duration_millis_total)::bigint AS millis, max(duration_millis_max) AS most
        FROM (
          SELECT day AS at, status, runs, duration_count, duration_millis_total, duration_millis_max
          FROM run_daily
          WHERE tenant_id = $1 AND endpoint_id = '' AND job_name = wanted.job_name AND namespace = wanted.namespace
            AND day >= $3 AND day < $4
          UNION ALL
          SELECT hour, status, runs, duration_count, duration_millis_total, duration_millis_max
          FROM run_hourly
          WHERE tenant_id = $1 AND endpoint_id = '' AND job_name = wanted.job_name AND namespace = wanted.namespace
            AND hour >= $2 AND hour < $3
          UNION ALL
          SELECT hour, status, runs, duration_count, duration_millis_total, duration_millis_max
          FROM run_hourly
          WHERE tenant_id = $1 AND endpoint_id = '' AND job_name = wanted.job_name AND namespace = wanted.namespace
            AND hour >= $4 AND hour < $5
        ) pieces
        GROUP BY status, piece
        HAVING sum(runs) > 0
      ) counted
      """;

  /** Of the endpoints $7, in the namespace $8 where one is given. */
  static final String COUNTS_OF_ENDPOINTS =
      """
      SELECT wanted.endpoint_id, counted.*
      FROM unnest($7::text[]) AS wanted (endpoint_id)
      CROSS JOIN LATERAL (
        SELECT status,
               CASE $6 WHEN 'hour' THEN at WHEN 'day' THEN date_trunc('day', at, 'UTC') END AS piece,
               sum(runs)::bigint AS runs, sum(duration_count)::bigint AS durations,
               sum(duration_millis_total)::bigint AS millis, max(duration_millis_max) AS most
        FROM (
          SELECT day AS at, status, runs, duration_count, duration_millis_total, duration_millis_max
          FROM run_daily
          WHERE tenant_id = $1 AND endpoint_id = wanted.endpoint_id AND job_name = ''
            AND ($8::text IS NULL OR namespace = $8::text)
            AND day >= $3 AND day < $4
          UNION ALL
          SELECT hour, status, runs, duration_count, duration_millis_total, duration_millis_max
          FROM run_hourly
          WHERE tenant_id = $1 AND endpoint_id = wanted.endpoint_id AND job_name = ''
            AND ($8::text IS NULL OR namespace = $8::text)
            AND hour >= $2 AND hour < $3
          UNION ALL
          SELECT hour, status, runs, duration_count, duration_millis_total, duration_millis_max
          FROM run_hourly
          WHERE tenant_id = $1 AND endpoint_id = wanted.endpoint_id AND job_name = ''
            AND ($8::text IS NULL OR namespace = $8::text)
            AND hour >= $4 AND hour < $5
        ) pieces
        GROUP BY status, piece
        HAVING sum(runs) > 0
      ) counted
      """;

  /** Of the jobs $2 and $3 from $4 to $5. */
  static final String LATEST_OF_JOBS =
      """
      SELECT wanted.namespace, wanted.job_name, latest.*
      FROM unnest($2::text[], $3::text[]) AS wanted (namespace, job_name)
      CROSS JOIN LATERAL (
        {walks}
        ORDER BY ordered_at DESC, run_id DESC LIMIT 1
      ) latest
      """
          .replace(
              "{walks}",
              forEachStatus(
                  """
                  (SELECT run_id, status, started_at, finished_at, ordered_at FROM run
                   WHERE tenant_id = $1 AND namespace = wanted.namespace AND job_name = wanted.job_name
                     AND status = '{status}' AND ordered_at >= $4 AND ordered_at < $5
                   ORDER BY ordered_at DESC, run_id DESC LIMIT 1)
                  """));

  /** Of the endpoints $2 from $3 to $4, in the namespace $5 where one is given. */
  static final String LATEST_OF_ENDPOINTS =
      """
      SELECT wanted.endpoint_id, latest.*
      FROM unnest($2::text[]) AS wanted (endpoint_id)
      CROSS JOIN LATERAL (
        {walks}
        ORDER BY ordered_at DESC, run_id DESC LIMIT 1
      ) latest
      """
          .replace(
              "{walks}",
              forEachStatus(
                  """
                  (SELECT run_id, status, started_at, finished_at, ordered_at FROM run
                   WHERE tenant_id = $1 AND endpoint_id = wanted.endpoint_id AND status = '{status}'
                     AND ordered_at >= $3 AND ordered_at < $4 AND ($5::text IS NULL OR namespace = $5::text)
                   ORDER BY ordered_at DESC, run_id DESC LIMIT 1)
                  """));

  private StatisticsSql() {}
}
