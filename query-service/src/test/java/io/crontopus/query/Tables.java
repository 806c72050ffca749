package io.crontopus.query;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes rows of one tenant, as the projections would. */
public record Tables(String tenant) {

  private static JdbcClient jdbc() {
    return Platform.get().jdbc();
  }

  /** A run with these properties and plausible others. */
  public void run(
      String id,
      String namespace,
      String job,
      @Nullable String endpoint,
      String status,
      Instant at) {
    jdbc()
        .sql(
            """
            INSERT INTO read_model.run
              (tenant_id, run_id, namespace, job_name, job_id, endpoint_id, status, exit_code, started_at, finished_at,
               duration_millis, output, output_truncated, error_message, source, commit_id, received_at, ordered_at)
            VALUES (:tenant, :id, :namespace, :job, NULL, :endpoint, :status, 0, :at, :at, 1500,
                    'the output of ' || :id, false, NULL, 'agent', NULL, :at, :at)
            """)
        .param("tenant", tenant)
        .param("id", id)
        .param("namespace", namespace)
        .param("job", job)
        .param("endpoint", endpoint)
        .param("status", status)
        .param("at", Timestamp.from(at))
        .update();
    jdbc()
        .sql(
            """
            INSERT INTO read_model.job_last_run AS l
            VALUES (:tenant, :namespace, :job, :id, :status, :at, :at, :at)
            ON CONFLICT (tenant_id, namespace, name) DO UPDATE
            SET run_id = excluded.run_id, status = excluded.status, ordered_at = excluded.ordered_at
            WHERE excluded.ordered_at >= l.ordered_at
            """)
        .param("tenant", tenant)
        .param("id", id)
        .param("namespace", namespace)
        .param("job", job)
        .param("status", status)
        .param("at", Timestamp.from(at))
        .update();
  }

  /** Counts a run of 1.5 seconds in the tables of the hours and the days. */
  public void counted(
      String namespace, String job, @Nullable String endpoint, String status, Instant at) {
    countedIn(namespace, job, "", status, at);
    if (endpoint != null) {
      countedIn(namespace, "", endpoint, status, at);
    }
  }

  private void countedIn(String namespace, String job, String endpoint, String status, Instant at) {
    for (ChronoUnit unit : List.of(ChronoUnit.HOURS, ChronoUnit.DAYS)) {
      jdbc()
          .sql(
              unit == ChronoUnit.HOURS
                  ? """
                    INSERT INTO read_model.run_hourly AS c VALUES (?, ?, ?, ?, ?, ?, 1, 1, 1500, 1500)
                    ON CONFLICT (tenant_id, hour, namespace, job_name, endpoint_id, status) DO UPDATE SET
                      runs = c.runs + 1, duration_count = c.duration_count + 1,
                      duration_millis_total = c.duration_millis_total + 1500
                    """
                  : """
                    INSERT INTO read_model.run_daily AS c VALUES (?, ?, ?, ?, ?, ?, 1, 1, 1500, 1500)
                    ON CONFLICT (tenant_id, day, namespace, job_name, endpoint_id, status) DO UPDATE SET
                      runs = c.runs + 1, duration_count = c.duration_count + 1,
                      duration_millis_total = c.duration_millis_total + 1500
                    """)
          .params(tenant, Timestamp.from(at.truncatedTo(unit)), namespace, job, endpoint, status)
          .update();
    }
  }

  /** An endpoint. */
  public void endpoint(String id, String name, String hostname, String platform) {
    jdbc()
        .sql(
            """
            INSERT INTO read_model.endpoint
            VALUES (?, ?, ?, ?, 'machine', ?, '1.0', '{"role": "db"}', now(), NULL)
            """)
        .params(tenant, id, name, hostname, platform)
        .update();
  }

  /** What an endpoint says of itself, as its events tell it. */
  public void said(String endpoint, String version, String commit) {
    jdbc()
        .sql(
            """
            UPDATE read_model.endpoint
            SET version = ?, scheduler = 'cron', scheduler_alive = true, applied_commit = ?
            WHERE tenant_id = ? AND endpoint_id = ?
            """)
        .params(version, commit, tenant, endpoint)
        .update();
  }

  /** An endpoint's latest sign of life. */
  public void heartbeat(String endpoint, Instant at) {
    jdbc()
        .sql(
            """
            INSERT INTO read_model.endpoint_heartbeat VALUES (?, ?, ?, ?, '1.1', 'cron', true, 'abc', 3)
            """)
        .params(tenant, endpoint, Timestamp.from(at), Timestamp.from(at))
        .update();
  }

  /** How an endpoint is. */
  public void state(String endpoint, String state) {
    jdbc()
        .sql("UPDATE read_model.endpoint SET state = ? WHERE tenant_id = ? AND endpoint_id = ?")
        .params(state, tenant, endpoint)
        .update();
  }

  /** All endpoints of the tenant went quiet at once. */
  public void quietFleet() {
    jdbc()
        .sql("INSERT INTO read_model.fleet VALUES (?, true, now(), now())")
        .params(tenant)
        .update();
  }

  /** Takes an endpoint's credential away. */
  public void revoke(String endpoint) {
    jdbc()
        .sql(
            "UPDATE read_model.endpoint SET revoked_at = now() WHERE tenant_id = ? AND endpoint_id = ?")
        .params(tenant, endpoint)
        .update();
  }

  /** A job in an endpoint's scheduler. */
  public void instance(String endpoint, String jobId, String namespace, String name, String state) {
    jdbc()
        .sql(
            """
            INSERT INTO read_model.job_instance
            VALUES (?, ?, ?, ?, ?, 'default/x.yaml', ?, '["0 2 * * *"]', 'UTC', NULL, 'abc', now())
            """)
        .params(tenant, endpoint, jobId, namespace, name, state)
        .update();
  }

  /** A job with these labels, as JSON. */
  public void job(
      String id, String namespace, String name, String labels, boolean enabled, boolean paused) {
    String manifest =
        """
        {"apiVersion": "v1", "kind": "Job",
         "metadata": {"namespace": "%s", "name": "%s", "labels": %s, "annotations": {"owner": "ops"}},
         "spec": {"schedule": ["0 2 * * *"], "timezone": "Europe/Berlin", "command": "/bin/true"}}
        """
            .formatted(namespace, name, labels);
    jdbc()
        .sql(
            """
            INSERT INTO read_model.job
            VALUES (:tenant, :id, :namespace, :name, :namespace || '/' || :name || '.yaml', 'c0ffee',
                    cast(:labels AS jsonb), cast(:manifest AS jsonb), :enabled, :paused, now())
            """)
        .params(
            Map.of(
                "tenant",
                tenant,
                "id",
                id,
                "namespace",
                namespace,
                "name",
                name,
                "labels",
                labels,
                "manifest",
                manifest,
                "enabled",
                enabled,
                "paused",
                paused))
        .update();
  }

  /** What is wrong with a manifest. */
  public void manifestProblem(String path) {
    jdbc()
        .sql(
            """
            INSERT INTO read_model.manifest_problem
            VALUES (?, ?, 'c0ffee', '[{"line": 3, "column": 5, "field": "spec.schedule", "message": "is missing"}]')
            """)
        .params(tenant, path)
        .update();
  }

  /** Makes all that is there be there since the first event. */
  public void past() {
    for (String table : List.of("job", "manifest_problem", "endpoint", "fleet", "job_instance")) {
      jdbc()
          .sql(
              """
              INSERT INTO read_model.%1$s_history SELECT 1, 9223372036854775807, t.* FROM read_model.%1$s t
              WHERE tenant_id = ?
              """
                  .formatted(table))
          .param(tenant)
          .update();
    }
    jdbc()
        .sql(
            """
            INSERT INTO read_model.endpoint_report_history
            SELECT 1, 9223372036854775807, tenant_id, endpoint_id, 'abc', now() FROM read_model.endpoint
            WHERE tenant_id = ?
            """)
        .param(tenant)
        .update();
  }

  /** A result of a run that another one has replaced. */
  public void replacedResult(String run) {
    jdbc()
        .sql("INSERT INTO read_model.run_replaced_result VALUES (1, 2, ?, ?, 'failure', now(), 1)")
        .params(tenant, run)
        .update();
  }

  /** A commit of Ada's. */
  public void commit(String id, long position) {
    commit(id, position, "Ada", "ada@example.org");
  }

  /** A commit of somebody, as events name them. */
  public void commit(String id, long position, String author, String email) {
    jdbc()
        .sql(
            """
            INSERT INTO read_model.git_commit
            VALUES (?, ?, NULL, ?, ?, 'Change it', now(), 'user:1', now(),
                    '[{"path": "default/a.yaml", "change": "added", "jobs": ["j1"],
                       "problems": [{"line": 1, "column": 2, "field": "", "message": "odd"}]}]', ?)
            """)
        .params(tenant, id, author, email, position)
        .update();
  }

  /** An entry of the feed of changes. */
  public long changed(String topic, String key) {
    return jdbc()
        .sql(
            "INSERT INTO read_model.ui_change (tenant_id, topic, key) VALUES (?, ?, ?) RETURNING id")
        .params(tenant, topic, key)
        .query(Long.class)
        .single();
  }
}
