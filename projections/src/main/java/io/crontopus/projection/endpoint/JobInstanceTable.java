package io.crontopus.projection.endpoint;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.endpoint.JobInstance;
import io.crontopus.endpoint.events.JobInstancesChanged;
import io.crontopus.projection.Json;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of {@code job_instance}. */
final class JobInstanceTable {

  private final JdbcClient jdbc;

  JobInstanceTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void changed(JobInstancesChanged e) {
    e.removed().forEach(job -> removed(e, job));
    e.changed().forEach(instance -> put(e, instance));
    jdbc.sql(
            """
            UPDATE job_instance SET commit_id = :commit, observed_at = :at
            WHERE tenant_id = :tenant AND endpoint_id = :endpoint
            """)
        .param("commit", e.commit())
        .param("at", sqlTime(e.observedAt()))
        .param("tenant", e.tenantId())
        .param("endpoint", e.endpointId())
        .update();
  }

  private void removed(JobInstancesChanged e, String jobId) {
    jdbc.sql(
            """
            DELETE FROM job_instance
            WHERE tenant_id = :tenant AND endpoint_id = :endpoint AND job_id = :job
            """)
        .param("tenant", e.tenantId())
        .param("endpoint", e.endpointId())
        .param("job", jobId)
        .update();
  }

  private void put(JobInstancesChanged e, JobInstance instance) {
    jdbc.sql(
            """
            INSERT INTO job_instance
              (tenant_id, endpoint_id, job_id, namespace, name, path, state, schedule, timezone, message, commit_id,
               observed_at)
            VALUES (:tenant, :endpoint, :job, :namespace, :name, :path, :state, cast(:schedule AS jsonb), :timezone,
                    :message, :commit, :at)
            ON CONFLICT (tenant_id, endpoint_id, job_id) DO UPDATE SET
              namespace = excluded.namespace,
              name = excluded.name,
              path = excluded.path,
              state = excluded.state,
              schedule = excluded.schedule,
              timezone = excluded.timezone,
              message = excluded.message,
              commit_id = excluded.commit_id,
              observed_at = excluded.observed_at
            """)
        .param("tenant", e.tenantId())
        .param("endpoint", e.endpointId())
        .param("job", instance.jobId())
        .param("namespace", instance.namespace())
        .param("name", instance.name())
        .param("path", instance.path())
        .param("state", instance.state())
        .param("schedule", Json.write(instance.schedule()))
        .param("timezone", instance.timezone())
        .param("message", instance.message())
        .param("commit", e.commit())
        .param("at", sqlTime(e.observedAt()))
        .update();
  }
}
