package io.crontopus.command.job;

import io.crontopus.job.JobId;
import io.crontopus.job.JobIndex;
import io.crontopus.job.events.JobDefined;
import io.crontopus.run.JobRef;
import io.crontopus.run.JobSettings;
import io.crontopus.run.RunSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Current job definitions in {@code event_store.job_index}, written in the transaction of their
 * events.
 */
public final class JdbcJobIndex implements JobIndex, JobSettings {

  private final JdbcClient jdbc;

  public JdbcJobIndex(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void put(JobDefined definition) {
    jdbc.sql(
            """
            INSERT INTO event_store.job_index
              (tenant_id, job_id, namespace, name, commit_id, max_runtime_seconds, grace_seconds)
            VALUES (:tenant, :job, :namespace, :name, :commit, :max, :grace)
            ON CONFLICT (tenant_id, job_id) DO UPDATE SET
              namespace = excluded.namespace,
              name = excluded.name,
              commit_id = excluded.commit_id,
              max_runtime_seconds = excluded.max_runtime_seconds,
              grace_seconds = excluded.grace_seconds
            """)
        .param("tenant", definition.tenantId())
        .param("job", definition.jobId())
        .param("namespace", definition.namespace())
        .param("name", definition.name())
        .param("commit", definition.commit())
        .param("max", definition.maxRuntimeSeconds())
        .param("grace", definition.graceSeconds())
        .update();
  }

  @Override
  public void remove(JobId job) {
    jdbc.sql("DELETE FROM event_store.job_index WHERE tenant_id = ? AND job_id = ?")
        .params(job.tenantId(), job.value())
        .update();
  }

  @Override
  public Optional<RunSettings> find(String tenantId, JobRef job) {
    return jdbc.sql(
            """
            SELECT job_id, commit_id, max_runtime_seconds, grace_seconds FROM event_store.job_index
            WHERE tenant_id = ? AND namespace = ? AND name = ? LIMIT 1
            """)
        .params(tenantId, job.namespace(), job.name())
        .query(JdbcJobIndex::settings)
        .optional();
  }

  private static RunSettings settings(ResultSet row, int number) throws SQLException {
    Long max = row.getObject("max_runtime_seconds", Long.class);
    return new RunSettings(
        row.getString("job_id"),
        row.getString("commit_id"),
        max == null ? null : Duration.ofSeconds(max),
        Duration.ofSeconds(row.getLong("grace_seconds")));
  }
}
