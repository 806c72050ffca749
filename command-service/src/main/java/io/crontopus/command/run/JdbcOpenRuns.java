package io.crontopus.command.run;

import io.crontopus.run.JobRef;
import io.crontopus.run.OpenRuns;
import io.crontopus.run.RunId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Open runs in {@code event_store.open_run}, written in the transaction of their events. */
public final class JdbcOpenRuns implements OpenRuns {

  private final JdbcClient jdbc;

  public JdbcOpenRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<RunId> latest(String tenantId, JobRef job, @Nullable String endpointId) {
    return jdbc.sql(
            """
            SELECT run_id FROM event_store.open_run
            WHERE tenant_id = ? AND namespace = ? AND job_name = ? AND endpoint_id = ?
            ORDER BY opened_at DESC LIMIT 1
            """)
        .params(tenantId, job.namespace(), job.name(), Objects.requireNonNullElse(endpointId, ""))
        .query((row, number) -> new RunId(tenantId, row.getString(1)))
        .optional();
  }

  @Override
  public void opened(
      RunId run, JobRef job, @Nullable String endpointId, @Nullable Instant deadline) {
    jdbc.sql(
            """
            INSERT INTO event_store.open_run (tenant_id, run_id, namespace, job_name, endpoint_id, deadline)
            VALUES (:tenant, :run, :namespace, :job, :endpoint, :deadline)
            ON CONFLICT (tenant_id, run_id) DO UPDATE SET deadline = excluded.deadline
            """)
        .param("tenant", run.tenantId())
        .param("run", run.value())
        .param("namespace", job.namespace())
        .param("job", job.name())
        .param("endpoint", Objects.requireNonNullElse(endpointId, ""))
        .param("deadline", sqlTime(deadline))
        .update();
  }

  @Override
  public void closed(RunId run) {
    jdbc.sql("DELETE FROM event_store.open_run WHERE tenant_id = ? AND run_id = ?")
        .params(run.tenantId(), run.value())
        .update();
  }

  /** Runs whose deadline has passed, the longest overdue first. */
  List<RunId> overdue(Instant now, int most) {
    return jdbc.sql(
            """
            SELECT tenant_id, run_id FROM event_store.open_run WHERE deadline <= ? ORDER BY deadline LIMIT ?
            """)
        .params(now.atOffset(ZoneOffset.UTC), most)
        .query((row, number) -> new RunId(row.getString(1), row.getString(2)))
        .list();
  }

  private static @Nullable OffsetDateTime sqlTime(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
