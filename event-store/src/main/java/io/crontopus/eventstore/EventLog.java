package io.crontopus.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.common.DateTimeUtils;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One of the logs, in the order of its commits. Appending takes turns (see {@link AppendTurn}), so
 * that a position, once passed, is passed: a reader's progress is one number, whatever it filters.
 */
public final class EventLog {

  /** The furthest that one read looks ahead when few events are of the names asked for. */
  private static final int LONGEST_LOOK = 100_000;

  /** No parameters: prepared, the head's query is planned once, and it is asked all the time. */
  private static final Object[] PREPARED = {};

  private final JdbcTemplate jdbc;
  private final String table;
  private final EventSerializer serializer;
  private final AppendTurn turn;
  private final AppendSignal signal = new AppendSignal();
  private final HeadPoll poll;

  EventLog(DataSource dataSource, String table, AppendTurn turn, EventSerializer serializer) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.table = table;
    this.turn = turn;
    this.serializer = serializer;
    this.poll = new HeadPoll(table, this::head, signal);
  }

  /** The position of the newest event; 0 when there is none. */
  public long head() {
    Long head = jdbc.queryForObject("SELECT max(global_index) FROM " + table, Long.class, PREPARED);
    return head == null ? 0 : head;
  }

  /**
   * The events that follow a position.
   *
   * @param names which; empty for all
   * @param most how many at most
   */
  public EventBatch read(long after, Set<String> names, int most) {
    long end = Math.min(head(), after + Math.max(LONGEST_LOOK, most));
    if (end <= after) {
      return new EventBatch(List.of(), after);
    }
    List<StoredEvent> events = jdbc.execute((Connection c) -> select(c, after, end, names, most));
    List<StoredEvent> found = events == null ? List.of() : events;
    return new EventBatch(found, found.size() < most ? end : found.getLast().position());
  }

  /**
   * Writes events in the current transaction, which is to commit next: nobody else can append
   * before.
   *
   * @throws org.springframework.dao.DuplicateKeyException when another writer was faster with one
   *     of these places
   */
  public void append(List<NewEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    byte[] rows = rows(events);
    jdbc.execute(
        (Connection connection) -> {
          takeTurn(connection);
          return copy(connection, rows);
        });
  }

  /**
   * Whether the event of this id is in the log, for good: asked in a transaction, after all appends
   * that are under way.
   */
  public boolean contains(String eventId) {
    return Boolean.TRUE.equals(
        jdbc.execute(
            (Connection connection) -> {
              turn.take(connection);
              try (PreparedStatement query =
                  connection.prepareStatement("SELECT 1 FROM " + table + " WHERE event_id = ?")) {
                query.setString(1, eventId);
                try (ResultSet row = query.executeQuery()) {
                  return row.next();
                }
              }
            }));
  }

  /** Takes the turn to append in this connection's transaction, and tells readers afterwards. */
  void takeTurn(Connection connection) throws SQLException {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("events are appended in transactions only");
    }
    turn.take(connection);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            signal.give();
          }
        });
  }

  /** How often there were new events; to be given to {@link #awaitMore}. */
  public long signals() {
    return signal.count();
  }

  /**
   * Waits for new events, of this node or another one.
   *
   * @param seen {@link #signals} before the log was last read
   */
  public void awaitMore(long seen, Duration atMost) throws InterruptedException {
    poll.begin();
    signal.await(seen, atMost);
  }

  void close() {
    poll.close();
    signal.give();
  }

  private byte[] rows(List<NewEvent> events) {
    try {
      EventCopy copy = new EventCopy(events.size());
      for (NewEvent event : events) {
        copy.row(
            event,
            DateTimeUtils.formatInstant(event.recordedAt()),
            serializer.nameOf(event.payload().getClass()),
            serializer.revisionOf(event.payload().getClass()),
            serializer.writeJson(event.payload()),
            serializer.writeJson(event.metadata()));
      }
      return copy.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long copy(Connection connection, byte[] rows) throws SQLException {
    String sql = "COPY " + table + " (" + EventCopy.COLUMNS + ") FROM STDIN WITH (FORMAT binary)";
    try {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              sql,
              new org.postgresql.util.ByteStreamWriter() {
                @Override
                public int getLength() {
                  return rows.length;
                }

                @Override
                public void writeTo(ByteStreamTarget target) throws IOException {
                  target.getOutputStream().write(rows);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<StoredEvent> select(
      Connection connection, long after, long end, Set<String> names, int most)
      throws SQLException {
    String sql =
        "SELECT global_index, event_id, aggregate_id, sequence, payload_type, payload_revision, recorded_at,"
            + " payload, metadata FROM "
            + table
            + " WHERE global_index > ? AND global_index <= ?"
            + (names.isEmpty() ? "" : " AND payload_type = ANY (?)")
            + " ORDER BY global_index LIMIT ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      int parameter = 1;
      query.setLong(parameter++, after);
      query.setLong(parameter++, end);
      if (!names.isEmpty()) {
        Array array = connection.createArrayOf("varchar", names.toArray());
        query.setArray(parameter++, array);
      }
      query.setInt(parameter, most);
      try (ResultSet rows = query.executeQuery()) {
        List<StoredEvent> events = new ArrayList<>();
        while (rows.next()) {
          events.add(event(rows));
        }
        return events;
      }
    }
  }

  private StoredEvent event(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getBytes(8),
        row.getBytes(9),
        serializer);
  }
}
