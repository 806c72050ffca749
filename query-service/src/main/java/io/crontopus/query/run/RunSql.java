package io.crontopus.query.run;

/** What is read of runs, and the statements that read them by their ids. */
final class RunSql {

  private static final String WITH_OUTPUT = columns(true);
  private static final String WITHOUT_OUTPUT = columns(false);

  static final String ONE =
      "SELECT " + WITH_OUTPUT + " FROM run WHERE tenant_id = $1 AND run_id = $2";

  static final String SOME =
      "SELECT " + WITHOUT_OUTPUT + " FROM run WHERE tenant_id = $1 AND run_id = ANY ($2::text[])";

  private RunSql() {}

  /** The columns of a run, as {@link RunView} reads them. */
  static String columns(boolean output) {
    return """
        run_id, job_name, namespace, job_id, endpoint_id, status, exit_code, started_at, finished_at,
        duration_millis, %s AS output, output_truncated, error_message, source, commit_id, received_at, ordered_at
        """
        .formatted(output ? "output" : "NULL::text");
  }
}
