package io.crontopus.projection.endpoint;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.projection.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** The SQL of {@code endpoint_heartbeat}. */
final class HeartbeatTable {

  private static final int MOST_IN_A_STATEMENT = 5_000;

  /** What many say alike goes to the database once. */
  private static final String SIGNS =
      """
      SELECT said.tenant_id, sign.endpoint_id, to_timestamp(sign.received / 1000::float8) AS last_seen_at,
             to_timestamp(sign.sent / 1000::float8) AS sent_at, said.version, said.scheduler, said.scheduler_alive,
             said.applied_commit, sign.spool_depth
      FROM unnest(?, ?, ?, ?, ?) AS sign (endpoint_id, received, sent, spool_depth, said)
      JOIN unnest(?, ?, ?, ?, ?) WITH ORDINALITY
        AS said (tenant_id, version, scheduler, scheduler_alive, applied_commit, number) ON said.number = sign.said
      """;

  private static final String UPDATE =
      """
      UPDATE endpoint_heartbeat h SET
        last_seen_at = n.last_seen_at,
        sent_at = n.sent_at,
        version = n.version,
        scheduler = n.scheduler,
        scheduler_alive = n.scheduler_alive,
        applied_commit = n.applied_commit,
        spool_depth = n.spool_depth
      FROM (%s) n
      WHERE h.tenant_id = n.tenant_id AND h.endpoint_id = n.endpoint_id
        AND (h.last_seen_at <= n.last_seen_at OR h.last_seen_at > ?)
      """
          .formatted(SIGNS);

  private static final String INSERT =
      """
      INSERT INTO endpoint_heartbeat
        (tenant_id, endpoint_id, last_seen_at, sent_at, version, scheduler, scheduler_alive, applied_commit,
         spool_depth)
      %s
      ON CONFLICT (tenant_id, endpoint_id) DO NOTHING
      """
          .formatted(SIGNS);

  private record Said(
      String tenantId,
      @Nullable String version,
      @Nullable String scheduler,
      @Nullable Boolean schedulerAlive,
      @Nullable String appliedCommit) {

    static Said of(Heartbeat h) {
      return new Said(
          h.tenantId(), h.version(), h.scheduler(), h.schedulerAlive(), h.appliedCommit());
    }
  }

  /**
   * A sign of life.
   *
   * @param said the number of what it says, from 1
   */
  private record Sign(Heartbeat heartbeat, int said) {}

  private HeartbeatTable() {}

  /**
   * Keeps the newer ones of these; one an endpoint.
   *
   * @param latest what is stored and lies behind this gives way
   */
  static void put(JdbcOperations sql, List<Heartbeat> heartbeats, Instant latest) {
    for (int from = 0; from < heartbeats.size(); from += MOST_IN_A_STATEMENT) {
      int to = Math.min(heartbeats.size(), from + MOST_IN_A_STATEMENT);
      List<Heartbeat> some = heartbeats.subList(from, to);
      sql.execute((Connection connection) -> put(connection, some, latest));
    }
  }

  /**
   * Nearly all are of endpoints that have a row. Updating it costs less than inserting with a
   * conflict, which locks the row first; and nobody else writes meanwhile, because who writes holds
   * the projection's progress.
   */
  private static int put(Connection connection, List<Heartbeat> some, Instant latest)
      throws SQLException {
    Map<Said, Integer> numbers = new LinkedHashMap<>();
    List<Sign> signs = new ArrayList<>(some.size());
    for (Heartbeat heartbeat : some) {
      Integer number = numbers.computeIfAbsent(Said.of(heartbeat), _ -> numbers.size() + 1);
      signs.add(new Sign(heartbeat, number));
    }
    List<Said> said = List.copyOf(numbers.keySet());
    int updated;
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      update.setObject(bind(update, connection, signs, said), sqlTime(latest));
      updated = update.executeUpdate();
    }
    if (updated == signs.size()) {
      return updated;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      int _ = bind(insert, connection, signs, said);
      return updated + insert.executeUpdate();
    }
  }

  /** Binds the parameters of {@link #SIGNS}, and returns the number of the next one. */
  private static int bind(
      PreparedStatement statement, Connection connection, List<Sign> signs, List<Said> said)
      throws SQLException {
    SqlArrays<Sign> sign = new SqlArrays<>(connection, signs);
    SqlArrays<Said> words = new SqlArrays<>(connection, said);
    int column = 1;
    statement.setArray(column++, sign.text(s -> s.heartbeat().endpointId()));
    statement.setArray(column++, sign.number(s -> s.heartbeat().receivedAt().toEpochMilli()));
    statement.setArray(column++, sign.number(s -> s.heartbeat().sentAt().toEpochMilli()));
    statement.setArray(column++, sign.number(s -> s.heartbeat().spoolDepth()));
    statement.setArray(column++, sign.number(Sign::said));
    statement.setArray(column++, words.text(Said::tenantId));
    statement.setArray(column++, words.text(Said::version));
    statement.setArray(column++, words.text(Said::scheduler));
    statement.setArray(column++, words.flag(Said::schedulerAlive));
    statement.setArray(column++, words.text(Said::appliedCommit));
    return column;
  }
}
