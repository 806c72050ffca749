package io.crontopus.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.common.DateTimeUtils;
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

  private static final String COLUMNS =
      " (aggregate_id, sequence, type, event_id, recorded_at, payload_type, payload_revision, payload, metadata)";

  private static final int COLUMN_COUNT = 9;

  private final JdbcTemplate jdbc;
  private final String table;
  private final String found;
  private final EventSerializer serializer;
  private final LogRows stored;
  private final LogTail tail;
  private final AppendTurn turn;
  private final AppendSignal signal = new AppendSignal();
  private final HeadPoll poll;

  EventLog(DataSource dataSource, String table, AppendTurn turn, EventSerializer serializer) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.table = table;
    this.found =
        "SELECT 1 FROM " + table + " WHERE aggregate_id = ? AND sequence = ? AND event_id = ?";
    this.turn = turn;
    this.serializer = serializer;
    this.stored = new LogRows(jdbc, table, serializer);
    this.tail = new LogTail(stored, signal);
    this.poll = new HeadPoll(table, this::head, signal);
  }

  /** The position of the newest event; 0 when there is none. */
  public long head() {
    return stored.head();
  }

  /**
   * The events that follow a position; fewer than wanted when they are large.
   *
   * @param names which; empty for all
   * @param most how many at most
   */
  public EventBatch read(long after, Set<String> names, int most) {
    return read(after, names, most, true);
  }

  /**
   * The same, without asking the database when this node knows of no event that came since somebody
   * asked: all that it appended itself, and what others did until {@link HeadPoll} looked last. For
   * followers that come again at the next signal. After an outage they ask by {@link #read} first:
   * the log may have come back without its last events.
   */
  public EventBatch readKnown(long after, Set<String> names, int most) {
    return read(after, names, most, false);
  }

  private EventBatch read(long after, Set<String> names, int most, boolean anew) {
    EventBatch recent = tail.read(after, names, most, anew);
    if (recent != null) {
      return recent;
    }
    long head = head();
    long end = Math.min(head, after + Math.max(LONGEST_LOOK, most));
    if (end <= after) {
      follow(after);
      return new EventBatch(List.of(), after, false);
    }
    // What comes meanwhile lies behind the end: told now, it would be told again.
    LogRows.Found found =
        names.isEmpty() ? stored.next(after, end, most) : stored.next(after, end, names, most);
    if (found.more()) {
      return new EventBatch(found.events(), found.events().getLast().position(), true);
    }
    if (end == head) {
      follow(head);
    }
    return new EventBatch(found.events(), end, end < head);
  }

  private void follow(long head) {
    poll.begin();
    tail.begin(head);
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
    CopyRows rows = rows(events);
    jdbc.execute(
        (Connection connection) -> {
          takeTurn(connection);
          return rows.into(connection, table + COLUMNS);
        });
  }

  /**
   * Whether this very event is in the log, for good: asked in a transaction, after all appends that
   * are under way.
   */
  public boolean contains(NewEvent event) {
    return Boolean.TRUE.equals(
        jdbc.execute(
            (Connection connection) -> {
              turn.take(connection);
              try (PreparedStatement query = connection.prepareStatement(found)) {
                query.setString(1, event.aggregateId());
                query.setLong(2, event.sequence());
                query.setString(3, event.id());
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

  private CopyRows rows(List<NewEvent> events) {
    CopyRows rows = new CopyRows();
    Map<String, String> metadata = Map.of();
    byte[] metadataJson = serializer.writeJson(metadata);
    for (NewEvent event : events) {
      Class<?> type = event.payload().getClass();
      if (!event.metadata().equals(metadata)) {
        // All that one request causes carries the same.
        metadata = event.metadata();
        metadataJson = serializer.writeJson(metadata);
      }
      rows.row(COLUMN_COUNT)
          .text(event.aggregateId())
          .int8(event.sequence())
          .text(event.aggregateType())
          .text(event.id())
          .text(DateTimeUtils.formatInstant(event.recordedAt()))
          .text(serializer.nameOf(type))
          .text(serializer.revisionOf(type))
          .bytes(serializer.writeJson(event.payload()))
          .bytes(metadataJson);
    }
    return rows;
  }
}
