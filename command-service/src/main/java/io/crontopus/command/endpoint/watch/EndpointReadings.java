package io.crontopus.command.endpoint.watch;

import io.crontopus.command.endpoint.heartbeat.HeartbeatSettings;
import io.crontopus.endpoint.EndpointId;
import io.crontopus.endpoint.JudgedTime;
import io.crontopus.endpoint.commands.ObserveFleetBack;
import io.crontopus.endpoint.commands.ObserveLife;
import io.crontopus.endpoint.commands.ObserveQuietFleet;
import io.crontopus.endpoint.commands.ObserveSilence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads where endpoints' heartbeats and their states do not agree. */
final class EndpointReadings {

  /** How many endpoints one reading shows. */
  static final int MOST = 1_000;

  /**
   * Tenants of which nobody was heard for longer than a heartbeat and a half, and those that are
   * quiet. With several endpoints online, that is nobody's single fault.
   */
  private static final String FLEETS =
      """
      SELECT t.tenant_id, t.online, t.newest, coalesce(f.quiet, false) AS quiet,
             t.newest_of_all > f.last_seen_at OR f.last_seen_at > :latest AS heard,
             greatest(t.newest, :since, CASE WHEN NOT f.quiet AND f.since <= :latest THEN f.since END) < :quiet_before
               AS is_quiet
      FROM (
        SELECT e.tenant_id, count(*) FILTER (WHERE e.state = 'online') AS online,
               max(h.last_seen_at) FILTER (WHERE e.state = 'online') AS newest, max(h.last_seen_at) AS newest_of_all
        FROM read_model.endpoint e
        JOIN read_model.endpoint_heartbeat h USING (tenant_id, endpoint_id)
        WHERE e.revoked_at IS NULL
        GROUP BY e.tenant_id
      ) t
      LEFT JOIN read_model.fleet f USING (tenant_id)
      WHERE f.quiet
         OR (t.online >= :fleet_from
             AND greatest(t.newest, :since, CASE WHEN NOT f.quiet AND f.since <= :latest THEN f.since END)
                 < :worrying_before)
      """;

  private static final String ALIVE =
      """
      SELECT e.tenant_id, e.endpoint_id, h.last_seen_at, h.version, h.scheduler, h.scheduler_alive, h.applied_commit
      FROM read_model.endpoint e
      JOIN read_model.endpoint_heartbeat h USING (tenant_id, endpoint_id)
      WHERE e.revoked_at IS NULL
        AND ((e.state = 'new' AND h.last_seen_at > e.enrolled_at)
          OR (e.state IN ('silent', 'offline') AND h.last_seen_at >= :silent_before)
          OR (e.state = 'online' AND h.last_seen_at >= :silent_before
              AND (coalesce(h.version, e.version) <> e.version
                OR h.scheduler IS DISTINCT FROM e.scheduler
                OR h.scheduler_alive IS DISTINCT FROM e.scheduler_alive
                OR h.applied_commit IS DISTINCT FROM e.applied_commit)))
      LIMIT :most
      """;

  private static final String SILENT =
      """
      SELECT e.tenant_id, e.endpoint_id, h.last_seen_at, e.state = 'silent' AS for_long
      FROM read_model.endpoint e
      JOIN read_model.endpoint_heartbeat h USING (tenant_id, endpoint_id)
      LEFT JOIN read_model.fleet f USING (tenant_id)
      WHERE e.revoked_at IS NULL
        AND ((e.state = 'online'
              AND greatest(h.last_seen_at, :since, CASE WHEN NOT f.quiet AND f.since <= :latest THEN f.since END)
                  < :silent_before)
          OR (e.state = 'silent'
              AND greatest(h.last_seen_at, :since, CASE WHEN NOT f.quiet AND f.since <= :latest THEN f.since END)
                  < :offline_before))
        AND NOT e.tenant_id = ANY (:held)
      LIMIT :most
      """;

  private final JdbcClient jdbc;
  private final HeartbeatSettings settings;
  private final Duration silentAfter;

  EndpointReadings(JdbcClient jdbc, HeartbeatSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.silentAfter = settings.interval().multipliedBy(settings.silentAfter());
  }

  /**
   * What follows for fleets.
   *
   * @param held tenants whose endpoints are not to be judged one by one
   */
  record Fleets(List<ObserveQuietFleet> quiet, List<ObserveFleetBack> back, List<String> held) {}

  /** How far heartbeats are known; empty before the first. */
  Optional<Hearing> hearing() {
    return jdbc.sql("SELECT heard_until, listening_since FROM read_model.heartbeat_progress")
        .query((row, number) -> new Hearing(time(row, 1), time(row, 2)))
        .optional();
  }

  Fleets fleets(Hearing hearing) {
    Duration worrying = settings.interval().multipliedBy(3).dividedBy(2);
    Fleets fleets = new Fleets(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    jdbc.sql(FLEETS)
        .param("since", sql(hearing.since()))
        .param("latest", sql(JudgedTime.latest(hearing.until())))
        .param("quiet_before", sql(hearing.until().minus(silentAfter)))
        .param("worrying_before", sql(hearing.until().minus(worrying)))
        .param("fleet_from", settings.fleetFrom())
        .query(
            row -> {
              String tenant = row.getString("tenant_id");
              if (!row.getBoolean("quiet")) {
                fleets.held().add(tenant);
                if (row.getBoolean("is_quiet")) {
                  fleets
                      .quiet()
                      .add(
                          new ObserveQuietFleet(
                              tenant, row.getLong("online"), time(row, "newest"), hearing.until()));
                }
              } else {
                fleets.held().add(tenant);
                if (row.getBoolean("heard")) {
                  fleets.back().add(new ObserveFleetBack(tenant, hearing.until()));
                }
              }
            });
    return fleets;
  }

  List<ObserveLife> alive(Hearing hearing) {
    return jdbc.sql(ALIVE)
        .param("silent_before", sql(hearing.until().minus(silentAfter)))
        .param("most", MOST)
        .query(
            (row, number) ->
                new ObserveLife(
                    endpoint(row),
                    time(row, "last_seen_at"),
                    hearing.until(),
                    row.getString("version"),
                    row.getString("scheduler"),
                    row.getObject("scheduler_alive", Boolean.class),
                    row.getString("applied_commit")))
        .list();
  }

  List<ObserveSilence> silent(Hearing hearing, List<String> held) {
    return jdbc.sql(SILENT)
        .param("since", sql(hearing.since()))
        .param("latest", sql(JudgedTime.latest(hearing.until())))
        .param("silent_before", sql(hearing.until().minus(silentAfter)))
        .param("offline_before", sql(hearing.until().minus(settings.offlineAfter())))
        .param("held", held.toArray(String[]::new))
        .param("most", MOST)
        .query(
            (row, number) ->
                new ObserveSilence(
                    endpoint(row),
                    time(row, "last_seen_at"),
                    hearing.until(),
                    row.getBoolean("for_long")))
        .list();
  }

  /** Whether it is this node's turn to look; nobody else's is before the pause is over. */
  boolean takeTurn(Duration pause) {
    return jdbc.sql(
                """
                UPDATE event_store.endpoint_watch
                SET next_at = clock_timestamp() + make_interval(secs => ?)
                WHERE next_at <= clock_timestamp()
                """)
            .param(pause.toMillis() / 1_000.0)
            .update()
        == 1;
  }

  private static EndpointId endpoint(ResultSet row) throws SQLException {
    return new EndpointId(row.getString("tenant_id"), row.getString("endpoint_id"));
  }

  private static OffsetDateTime sql(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
