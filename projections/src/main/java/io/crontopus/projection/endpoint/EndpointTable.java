package io.crontopus.projection.endpoint;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.endpoint.events.EndpointChanged;
import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointEvent;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.projection.Json;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of {@code endpoint}. */
final class EndpointTable {

  private final JdbcClient jdbc;

  EndpointTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void enrolled(EndpointEnrolled e) {
    jdbc.sql(
            """
            INSERT INTO endpoint
              (tenant_id, endpoint_id, name, hostname, machine_id, platform, version, labels, enrolled_at)
            VALUES (:tenant, :endpoint, :name, :hostname, :machine, :platform, :version, cast(:labels AS jsonb), :at)
            ON CONFLICT (tenant_id, endpoint_id) DO UPDATE SET
              name = excluded.name,
              hostname = excluded.hostname,
              platform = excluded.platform,
              version = excluded.version,
              labels = excluded.labels,
              enrolled_at = excluded.enrolled_at,
              revoked_at = NULL,
              state = 'new',
              state_since = excluded.enrolled_at
            """)
        .param("tenant", e.tenantId())
        .param("endpoint", e.endpointId())
        .param("name", e.name())
        .param("hostname", e.hostname())
        .param("machine", e.machineId())
        .param("platform", e.platform())
        .param("version", e.version())
        .param("labels", Json.write(e.labels()))
        .param("at", sqlTime(e.enrolledAt()))
        .update();
  }

  void revoked(EndpointRevoked e) {
    jdbc.sql(
            """
            UPDATE endpoint SET revoked_at = :at WHERE tenant_id = :tenant AND endpoint_id = :endpoint
            """)
        .param("at", sqlTime(e.revokedAt()))
        .param("tenant", e.tenantId())
        .param("endpoint", e.endpointId())
        .update();
  }

  void state(EndpointEvent e, String state, Instant since, Instant seen) {
    jdbc.sql(
            """
            UPDATE endpoint SET state = :state, state_since = :since, seen_at = :seen
            WHERE tenant_id = :tenant AND endpoint_id = :endpoint
            """)
        .param("state", state)
        .param("since", sqlTime(since))
        .param("seen", sqlTime(seen))
        .param("tenant", e.tenantId())
        .param("endpoint", e.endpointId())
        .update();
  }

  void changed(EndpointChanged e) {
    jdbc.sql(
            """
            UPDATE endpoint SET
              version = coalesce(:version, version), scheduler = :scheduler, scheduler_alive = :alive,
              applied_commit = :commit
            WHERE tenant_id = :tenant AND endpoint_id = :endpoint
            """)
        .param("version", e.version())
        .param("scheduler", e.scheduler())
        .param("alive", e.schedulerAlive())
        .param("commit", e.appliedCommit())
        .param("tenant", e.tenantId())
        .param("endpoint", e.endpointId())
        .update();
  }
}
