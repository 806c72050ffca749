package io.crontopus.projection.endpoint;

import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.projection.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;

/** The SQL of {@code endpoint_heartbeat}. */
final class HeartbeatTable {

  private static final int MOST_IN_A_STATEMENT = 5_000;

  private HeartbeatTable() {}

  /** Keeps the newer ones of these; one an endpoint. */
  static void put(JdbcOperations sql, List<Heartbeat> heartbeats) {
    for (int from = 0; from < heartbeats.size(); from += MOST_IN_A_STATEMENT) {
      int to = Math.min(heartbeats.size(), from + MOST_IN_A_STATEMENT);
      List<Heartbeat> some = heartbeats.subList(from, to);
      sql.execute((Connection connection) -> upsert(connection, some));
    }
  }

  private static int upsert(Connection connection, List<Heartbeat> some) throws SQLException {
    SqlArrays<Heartbeat> columns = new SqlArrays<>(connection, some);
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO endpoint_heartbeat AS h
              (tenant_id, endpoint_id, last_seen_at, sent_at, version, scheduler, scheduler_alive, applied_commit,
               spool_depth)
            SELECT tenant_id, endpoint_id, to_timestamp(received / 1000.0), to_timestamp(sent / 1000.0), version,
                   scheduler, alive, commit_id, spool
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
              AS t (tenant_id, endpoint_id, received, sent, version, scheduler, alive, commit_id, spool)
            ON CONFLICT (tenant_id, endpoint_id) DO UPDATE SET
              last_seen_at = excluded.last_seen_at,
              sent_at = excluded.sent_at,
              version = excluded.version,
              scheduler = excluded.scheduler,
              scheduler_alive = excluded.scheduler_alive,
              applied_commit = excluded.applied_commit,
              spool_depth = excluded.spool_depth
            WHERE excluded.last_seen_at >= h.last_seen_at
            """)) {
      int column = 1;
      statement.setArray(column++, columns.text(Heartbeat::tenantId));
      statement.setArray(column++, columns.text(Heartbeat::endpointId));
      statement.setArray(column++, columns.number(h -> h.receivedAt().toEpochMilli()));
      statement.setArray(column++, columns.number(h -> h.sentAt().toEpochMilli()));
      statement.setArray(column++, columns.text(Heartbeat::version));
      statement.setArray(column++, columns.text(Heartbeat::scheduler));
      statement.setArray(column++, columns.flag(Heartbeat::schedulerAlive));
      statement.setArray(column++, columns.text(Heartbeat::appliedCommit));
      statement.setArray(column, columns.number(Heartbeat::spoolDepth));
      return statement.executeUpdate();
    }
  }
}
