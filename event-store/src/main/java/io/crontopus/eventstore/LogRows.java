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

  /** The next events, whatever they are. */
  List<StoredEvent> next(long after, int most) {
    return events(
        SELECT + table + " WHERE global_index > ? ORDER BY global_index LIMIT ?",
        query -> {
          query.setLong(1, after);
          query.setInt(2, most);
        });
  }

  /** The next events of some names, up to a position. */
  List<StoredEvent> next(long after, long end, Set<String> names, int most) {
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
        });
  }

  private interface Binding {
    void bind(PreparedStatement query) throws SQLException;
  }

  private List<StoredEvent> events(String sql, Binding binding) {
    List<StoredEvent> events =
        jdbc.execute(
            (Connection connection) -> {
              try (PreparedStatement query = connection.prepareStatement(sql)) {
                binding.bind(query);
                return read(query);
              }
            });
    return events == null ? List.of() : events;
  }

  private List<StoredEvent> read(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      List<StoredEvent> events = new ArrayList<>();
      while (rows.next()) {
        events.add(event(rows));
      }
      return events;
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
