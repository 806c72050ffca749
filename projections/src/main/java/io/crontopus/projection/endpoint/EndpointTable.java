package io.crontopus.projection.endpoint;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.projection.Json;
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
              revoked_at = NULL
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
}
