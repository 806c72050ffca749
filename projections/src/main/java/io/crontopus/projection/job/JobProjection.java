package io.crontopus.projection.job;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.eventstore.StoredEvent;
import io.crontopus.job.events.JobDefined;
import io.crontopus.job.events.JobEvent;
import io.crontopus.job.events.JobRemoved;
import io.crontopus.projection.Json;
import io.crontopus.projection.Projection;
import io.crontopus.projection.ProjectionSession;
import io.crontopus.projection.history.History;
import io.crontopus.projection.live.ChangeFeed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code job}, now and then: the jobs as Git defines them, without reading Git. */
public final class JobProjection implements Projection {

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(JobDefined.class, JobRemoved.class);
  }

  @Override
  public List<String> tables() {
    return List.of("job", "job_history");
  }

  @Override
  public void apply(List<StoredEvent> batch, ProjectionSession session) {
    History history = new History(session.sql(), "job", "job_id");
    for (StoredEvent stored : batch) {
      JobEvent event = (JobEvent) stored.event();
      history.begin(stored.position(), event.tenantId(), event.jobId());
      switch (event) {
        case JobDefined e -> defined(session.jdbc(), e);
        case JobRemoved e -> removed(session.jdbc(), e);
      }
      session.changes().changed(event.tenantId(), ChangeFeed.Topic.JOBS, event.jobId());
    }
    history.write();
  }

  private static void defined(JdbcClient jdbc, JobDefined e) {
    jdbc.sql(
            """
            INSERT INTO job
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

  private static void removed(JdbcClient jdbc, JobRemoved e) {
    jdbc.sql("DELETE FROM job WHERE tenant_id = :tenant AND job_id = :job")
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
