package io.crontopus.projection.endpoint;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.endpoint.events.FleetCameBack;
import io.crontopus.endpoint.events.FleetEvent;
import io.crontopus.endpoint.events.FleetWentQuiet;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of {@code fleet}. */
final class FleetTable {

  private final JdbcClient jdbc;

  FleetTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void apply(FleetEvent event) {
    switch (event) {
      case FleetWentQuiet e -> put(e.tenantId(), true, e.judgedAt(), e.lastSeenAt());
      case FleetCameBack e -> put(e.tenantId(), false, e.seenAt(), e.seenAt());
    }
  }

  private void put(String tenantId, boolean quiet, Instant since, Instant lastSeenAt) {
    jdbc.sql(
            """
            INSERT INTO fleet (tenant_id, quiet, since, last_seen_at) VALUES (:tenant, :quiet, :since, :seen)
            ON CONFLICT (tenant_id) DO UPDATE SET
              quiet = excluded.quiet, since = excluded.since, last_seen_at = excluded.last_seen_at
            """)
        .param("tenant", tenantId)
        .param("quiet", quiet)
        .param("since", sqlTime(since))
        .param("seen", sqlTime(lastSeenAt))
        .update();
  }
}
