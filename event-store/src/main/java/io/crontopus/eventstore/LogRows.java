package io.crontopus.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of a log, as queries. */
final class LogRows {

  private static final String SELECT =
      "SELECT global_index, event_id, type, aggregate_id, sequence, payload_type, payload_revision, recorded_at,"
          + " payload, metadata FROM ";

  /** A read stops behind the event with which its payloads become so many: memory has an end. */
  private static final long MOST_BYTES = 16 << 20;

  /** So many rows come from the database at once. */
  private static final int FETCH = 200;

  /**
   * Events, and whether it stopped before the end of what was asked for.
   *
   * @param more whether there may be more: so many were found as were wanted at most, or so large
   */
  record Found(List<StoredEvent> events, boolean more) {}

  /** No parameters: prepared, the head's query is planned once, and it is asked all the time. */
  private static final Object[] PREPARED = {};

  private final JdbcTemplate jdbc;
  private final String table;
  private final EventSerializer serializer;

  LogRows(JdbcTemplate jdbc, String table, EventSerializer serializer) {
    this.jdbc = jdbc;
    this.table = table;
    this.serializer = serializer;
  }

  /** The position of the newest event; 0 when there is none. */
  long head() {
    Long head = jdbc.queryForObject("SELECT max(global_index) FROM " + table, Long.class, PREPARED);
    return head == null ? 0 : head;
  }

  /** The next events, whatever they are, up to a position. */
  Found next(long after, long end, int most) {
    return events(
        SELECT
            + table
            + " WHERE global_index > ? AND global_index <= ? ORDER BY global_index LIMIT ?",
        query -> {
          query.setLong(1, after);
          query.setLong(2, end);
          query.setInt(3, most);
        },
        most);
  }

  /** The next events of some names, up to a position. */
  Found next(long after, long end, Set<String> names, int most) {
    return events(
        SELECT
            + table
            + " WHERE global_index > ? AND global_index <= ? AND payload_type = ANY (?)"
            + " ORDER BY global_index LIMIT ?",
        query -> {
          query.setLong(1, after);
          query.setLong(2, end);
          query.setArray(3, query.getConnection().createArrayOf("varchar", names.toArray()));
          query.setInt(4, most);
        },
        most);
  }

  private interface Binding {
    void bind(PreparedStatement query) throws SQLException;
  }

  private Found events(String sql, Binding binding, int most) {
    Found found =
        jdbc.execute(
            (Connection connection) -> {
              try (PreparedStatement query = connection.prepareStatement(sql)) {
                binding.bind(query);
                return most > FETCH ? piecewise(connection, query, most) : read(query, most);
              }
            });
    return found == null ? new Found(List.of(), false) : found;
  }

  /** In a transaction, which is what the driver needs to fetch a piece at a time. */
  private Found piecewise(Connection connection, PreparedStatement query, int most)
      throws SQLException {
    query.setFetchSize(FETCH);
    if (!connection.getAutoCommit()) {
      return read(query, most);
    }
    connection.setAutoCommit(false);
    try {
      Found found = read(query, most);
      connection.commit();
      return found;
    } catch (SQLException e) {
      rollBack(connection, e);
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void rollBack(Connection connection, SQLException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private Found read(PreparedStatement query, int most) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      List<StoredEvent> events = new ArrayList<>();
      long bytes = 0;
      while (rows.next()) {
        StoredEvent event = event(rows);
        events.add(event);
        bytes += event.payload().length;
        if (bytes >= MOST_BYTES) {
          return new Found(events, true);
        }
      }
      return new Found(events, events.size() == most);
    }
  }

  private StoredEvent event(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getBytes(9),
        row.getBytes(10),
        serializer);
  }
}
