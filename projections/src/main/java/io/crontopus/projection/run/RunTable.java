package io.crontopus.projection.run;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of {@code read_model.run} and {@code read_model.job_last_run}. */
public final class RunTable {

  /** How much of a run's output is kept: the last so many characters. */
  private static final int MAX_OUTPUT = 10_000;

  private final JdbcClient jdbc;

  public RunTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void started(RunStarted e) {
    jdbc.sql(
            """
            INSERT INTO read_model.run
              (tenant_id, run_id, namespace, job_name, job_id, endpoint_id, status, started_at, source, commit_id,
               received_at, deadline, ordered_at)
            VALUES (:tenant, :run, :namespace, :job, :jobId, :endpoint, 'running', :started, :source, :commit,
                    :received, :deadline, least(:started, :received))
            """)
        .param("tenant", e.tenantId())
        .param("run", e.runId())
        .param("namespace", e.namespace())
        .param("job", e.jobName())
        .param("jobId", e.jobId())
        .param("endpoint", e.endpointId())
        .param("started", sqlTime(e.startedAt()))
        .param("source", e.source())
        .param("commit", e.commit())
        .param("received", sqlTime(e.receivedAt()))
        .param("deadline", sqlTime(e.deadline()))
        .update();
  }

  void extended(RunExtended e) {
    jdbc.sql(
            """
            UPDATE read_model.run SET deadline = :deadline WHERE tenant_id = :tenant AND run_id = :run
            """)
        .param("deadline", sqlTime(e.deadline()))
        .param("tenant", e.tenantId())
        .param("run", e.runId())
        .update();
  }

  void outputAdded(RunOutputAdded e) {
    jdbc.sql(
            """
            UPDATE read_model.run
            SET output = right(coalesce(output, '') || :output, :most),
                output_truncated = output_truncated OR :truncated
                                   OR length(coalesce(output, '')) + length(:output) > :most
            WHERE tenant_id = :tenant AND run_id = :run
            """)
        .param("output", e.output())
        .param("most", MAX_OUTPUT)
        .param("truncated", e.outputTruncated())
        .param("tenant", e.tenantId())
        .param("run", e.runId())
        .update();
  }

  void finished(RunFinished e) {
    jdbc.sql(
            """
            INSERT INTO read_model.run AS r
              (tenant_id, run_id, namespace, job_name, job_id, endpoint_id, status, exit_code, started_at, finished_at,
               duration_millis, output, output_truncated, error_message, source, commit_id, received_at, ordered_at)
            VALUES (:tenant, :run, :namespace, :job, :jobId, :endpoint, :status, :exitCode, :started, :finished,
                    :duration, :output, :truncated, :error, :source, :commit, :received,
                    least(coalesce(:started, :finished), :received))
            ON CONFLICT (tenant_id, run_id) DO UPDATE SET
              status = excluded.status,
              exit_code = excluded.exit_code,
              started_at = coalesce(excluded.started_at, r.started_at),
              finished_at = excluded.finished_at,
              duration_millis = excluded.duration_millis,
              output = right(nullif(concat(r.output, excluded.output), ''), :most),
              output_truncated = r.output_truncated OR excluded.output_truncated,
              error_message = excluded.error_message,
              job_id = coalesce(excluded.job_id, r.job_id),
              endpoint_id = coalesce(excluded.endpoint_id, r.endpoint_id),
              commit_id = coalesce(excluded.commit_id, r.commit_id),
              received_at = excluded.received_at,
              deadline = NULL
            """)
        .param("tenant", e.tenantId())
        .param("run", e.runId())
        .param("namespace", e.namespace())
        .param("job", e.jobName())
        .param("jobId", e.jobId())
        .param("endpoint", e.endpointId())
        .param("status", e.status())
        .param("exitCode", e.exitCode())
        .param("started", sqlTime(e.startedAt()))
        .param("finished", sqlTime(e.finishedAt()))
        .param("duration", e.durationMillis())
        .param("output", e.output())
        .param("truncated", e.outputTruncated())
        .param("error", e.errorMessage())
        .param("source", e.source())
        .param("commit", e.commit())
        .param("received", sqlTime(e.receivedAt()))
        .param("most", MAX_OUTPUT)
        .update();
  }

  void timedOut(RunTimedOut e) {
    jdbc.sql(
            """
            UPDATE read_model.run
            SET status = 'timeout', error_message = 'no result until its deadline'
            WHERE tenant_id = :tenant AND run_id = :run
            """)
        .param("tenant", e.tenantId())
        .param("run", e.runId())
        .update();
  }

  void lateResult(RunLateResultRecorded e) {
    jdbc.sql(
            """
            UPDATE read_model.run
            SET exit_code = :exitCode,
                finished_at = :finished,
                duration_millis = :duration,
                output = right(nullif(concat(output, cast(:output AS text)), ''), :most),
                output_truncated = output_truncated OR :truncated,
                error_message = coalesce(:error, error_message),
                received_at = :received
            WHERE tenant_id = :tenant AND run_id = :run
            """)
        .param("exitCode", e.exitCode())
        .param("finished", sqlTime(e.finishedAt()))
        .param("duration", e.durationMillis())
        .param("output", e.output())
        .param("most", MAX_OUTPUT)
        .param("truncated", e.outputTruncated())
        .param("error", e.errorMessage())
        .param("received", sqlTime(e.receivedAt()))
        .param("tenant", e.tenantId())
        .param("run", e.runId())
        .update();
  }

  void noteLatest(String tenantId, String runId) {
    jdbc.sql(
            """
            INSERT INTO read_model.job_last_run AS l
              (tenant_id, namespace, name, run_id, status, started_at, finished_at, ordered_at)
            SELECT tenant_id, namespace, job_name, run_id, status, started_at, finished_at, ordered_at
            FROM read_model.run WHERE tenant_id = :tenant AND run_id = :run
            ON CONFLICT (tenant_id, namespace, name) DO UPDATE SET
              run_id = excluded.run_id,
              status = excluded.status,
              started_at = excluded.started_at,
              finished_at = excluded.finished_at,
              ordered_at = excluded.ordered_at
            WHERE (excluded.ordered_at, excluded.run_id) >= (l.ordered_at, l.run_id)
            """)
        .param("tenant", tenantId)
        .param("run", runId)
        .update();
  }

  void clear() {
    jdbc.sql("TRUNCATE read_model.run, read_model.job_last_run").update();
  }
}
