package io.crontopus.projection.job;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.job.events.JobDefined;
import io.crontopus.job.events.JobEvent;
import io.crontopus.job.events.JobRemoved;
import io.crontopus.projection.EventContext;
import io.crontopus.projection.Json;
import io.crontopus.projection.Projection;
import io.crontopus.projection.live.ChangeFeed;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code read_model.job}: the jobs as Git defines them, without reading Git. */
public final class JobProjection implements Projection {

  private final JdbcClient jdbc;
  private final ChangeFeed changes;

  public JobProjection(JdbcClient jdbc, ChangeFeed changes) {
    this.jdbc = jdbc;
    this.changes = changes;
  }

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public void handle(Object event, EventContext context) {
    if (event instanceof JobEvent jobEvent) {
      switch (jobEvent) {
        case JobDefined e -> defined(e);
        case JobRemoved e -> removed(e);
      }
      changes.changed(jobEvent.tenantId(), ChangeFeed.Topic.JOBS, jobEvent.jobId());
    }
  }

  @Override
  public void reset() {
    jdbc.sql("TRUNCATE read_model.job").update();
  }

  private void defined(JobDefined e) {
    jdbc.sql(
            """
            INSERT INTO read_model.job
              (tenant_id, job_id, namespace, name, path, commit_id, labels, manifest, enabled, paused, updated_at)
            VALUES (:tenant, :job, :namespace, :name, :path, :commit, cast(:labels AS jsonb),
                    cast(:manifest AS jsonb), :enabled, :paused, :at)
            ON CONFLICT (tenant_id, job_id) DO UPDATE SET
              namespace = excluded.namespace,
              name = excluded.name,
              path = excluded.path,
              commit_id = excluded.commit_id,
              labels = excluded.labels,
              manifest = excluded.manifest,
              enabled = excluded.enabled,
              paused = excluded.paused,
              updated_at = excluded.updated_at
            """)
        .param("tenant", e.tenantId())
        .param("job", e.jobId())
        .param("namespace", e.namespace())
        .param("name", e.name())
        .param("path", e.path())
        .param("commit", e.commit())
        .param("labels", Json.write(section(e.manifest(), "metadata", "labels")))
        .param("manifest", Json.write(e.manifest()))
        .param("enabled", flag(e.manifest(), "enabled", true))
        .param("paused", flag(e.manifest(), "paused", false))
        .param("at", sqlTime(e.definedAt()))
        .update();
  }

  private void removed(JobRemoved e) {
    jdbc.sql("DELETE FROM read_model.job WHERE tenant_id = :tenant AND job_id = :job")
        .param("tenant", e.tenantId())
        .param("job", e.jobId())
        .update();
  }

  private static boolean flag(Map<String, Object> manifest, String name, boolean otherwise) {
    return section(manifest, "spec").get(name) instanceof Boolean value ? value : otherwise;
  }

  private static Map<?, ?> section(Map<?, ?> tree, String... path) {
    Map<?, ?> here = tree;
    for (String step : path) {
      here = here.get(step) instanceof Map<?, ?> inner ? inner : Map.of();
    }
    return here;
  }
}
