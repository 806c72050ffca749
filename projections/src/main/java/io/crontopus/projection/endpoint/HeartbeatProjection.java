package io.crontopus.projection.endpoint;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.projection.Projection;
import io.crontopus.projection.ProjectionSession;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Keeps the latest sign of life of each endpoint, from the telemetry stream. */
public final class HeartbeatProjection implements Projection {

  @Override
  public String name() {
    return "heartbeats";
  }

  @Override
  public Log log() {
    return Log.TELEMETRY;
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(HeartbeatsObserved.class);
  }

  @Override
  public List<String> tables() {
    return List.of("endpoint_heartbeat");
  }

  @Override
  public String sequenceOf(StoredEvent event) {
    return "shard-" + ((HeartbeatsObserved) event.event()).shard();
  }

  @Override
  public void apply(List<StoredEvent> batch, ProjectionSession session) {
    List<Heartbeat> heartbeats =
        batch.stream()
            .flatMap(stored -> ((HeartbeatsObserved) stored.event()).heartbeats().stream())
            .toList();
    record(new NamedParameterJdbcTemplate(session.sql()), heartbeats);
  }

  private static void record(NamedParameterJdbcTemplate jdbc, List<Heartbeat> heartbeats) {
    jdbc.batchUpdate(
        """
        INSERT INTO endpoint_heartbeat AS h
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
