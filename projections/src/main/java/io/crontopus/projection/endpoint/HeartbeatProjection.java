package io.crontopus.projection.endpoint;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.projection.EventContext;
import io.crontopus.projection.Projection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Keeps the latest sign of life of each endpoint, from the telemetry stream. */
public final class HeartbeatProjection implements Projection {

  private final NamedParameterJdbcTemplate jdbc;

  public HeartbeatProjection(NamedParameterJdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "heartbeats";
  }

  @Override
  public void handle(Object event, EventContext context) {
    if (event instanceof HeartbeatsObserved observed) {
      record(observed.heartbeats());
    }
  }

  @Override
  public void reset() {
    jdbc.getJdbcOperations().execute("TRUNCATE read_model.endpoint_heartbeat");
  }

  private void record(List<Heartbeat> heartbeats) {
    jdbc.batchUpdate(
        """
        INSERT INTO read_model.endpoint_heartbeat AS h
          (tenant_id, endpoint_id, last_seen_at, sent_at, version, scheduler, scheduler_alive, applied_commit,
           spool_depth)
        VALUES (:tenant, :endpoint, :received, :sent, :version, :scheduler, :alive, :commit, :spool)
        ON CONFLICT (tenant_id, endpoint_id) DO UPDATE SET
          last_seen_at = excluded.last_seen_at,
          sent_at = excluded.sent_at,
          version = excluded.version,
          scheduler = excluded.scheduler,
          scheduler_alive = excluded.scheduler_alive,
          applied_commit = excluded.applied_commit,
          spool_depth = excluded.spool_depth
        WHERE excluded.last_seen_at >= h.last_seen_at
        """,
        latestOfEach(heartbeats).stream()
            .map(HeartbeatProjection::parameters)
            .toArray(MapSqlParameterSource[]::new));
  }

  /** One statement cannot write a row twice. */
  private static Collection<Heartbeat> latestOfEach(List<Heartbeat> heartbeats) {
    Map<List<String>, Heartbeat> latest = new LinkedHashMap<>();
    heartbeats.forEach(
        heartbeat ->
            latest.merge(
                List.of(heartbeat.tenantId(), heartbeat.endpointId()),
                heartbeat,
                (one, other) -> other.receivedAt().isBefore(one.receivedAt()) ? one : other));
    return latest.values();
  }

  private static MapSqlParameterSource parameters(Heartbeat heartbeat) {
    return new MapSqlParameterSource()
        .addValue("tenant", heartbeat.tenantId())
        .addValue("endpoint", heartbeat.endpointId())
        .addValue("received", sqlTime(heartbeat.receivedAt()))
        .addValue("sent", sqlTime(heartbeat.sentAt()))
        .addValue("version", heartbeat.version())
        .addValue("scheduler", heartbeat.scheduler())
        .addValue("alive", heartbeat.schedulerAlive())
        .addValue("commit", heartbeat.appliedCommit())
        .addValue("spool", heartbeat.spoolDepth());
  }
}
