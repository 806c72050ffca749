package io.crontopus.query.run;

/** The statements that read runs by their ids. */
final class RunSql {

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
