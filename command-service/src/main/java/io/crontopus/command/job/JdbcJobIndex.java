package io.crontopus.command.job;

import io.crontopus.job.JobId;
import io.crontopus.job.JobIndex;
import io.crontopus.job.events.JobDefined;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Current job definitions in {@code event_store.job_index}, written in the transaction of their
 * events.
 */
public final class JdbcJobIndex implements JobIndex {

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
}
