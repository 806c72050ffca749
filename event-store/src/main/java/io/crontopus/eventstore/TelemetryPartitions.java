package io.crontopus.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The partitions of the telemetry log: makes them before they are needed, and drops those that are
 * older than is kept and that everybody has read. Any number of nodes may do this at once.
 */
public final class TelemetryPartitions {

  /** About so many partitions hold what is kept: few, because each costs every reader a little. */
  private static final int PARTITIONS_KEPT = 12;

  private static final long SMALLEST = 10_000;
  private static final long LARGEST = 20_000_000;
  private static final long WITHOUT_HISTORY = 100_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  /**
   * A partition.
   *
   * @param first the first position in it
   * @param pastLast the first position after it
   */
  public record Partition(String name, long first, long pastLast) {}

  public TelemetryPartitions(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** What time it is by the database's clock, which all nodes have in common. */
  public Instant now() {
    return jdbc.sql("SELECT clock_timestamp()")
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  /** The partitions, oldest first; without the one that catches what has no other. */
  public List<Partition> all() {
    return jdbc.sql(
            "SELECT name, first, past_last FROM event_store.telemetry_partitions ORDER BY first")
        .query((row, number) -> new Partition(row.getString(1), row.getLong(2), row.getLong(3)))
        .list();
  }

  /**
   * Makes partitions for what is to come.
   *
   * @param retention how long events are kept, which decides how large partitions are
   * @return how many were made
   */
  public int extend(Duration retention, Instant now) {
    long size = size(retention, now);
    Integer made =
        transaction.execute(
            _ -> {
              impatiently();
              return jdbc.sql("SELECT event_store.extend_telemetry(?, ?)")
                  .params(size, size)
                  .query(Integer.class)
                  .single();
            });
    return made == null ? 0 : made;
  }

  /**
   * Drops partitions whose events are all older than is kept, except what one of the readers has
   * not read.
   *
   * @param retention how long events are kept
   * @param readers names of the projections that read this log; while the position of one is not
   *     known, nothing is dropped
   * @return the names of those that were dropped
   */
  public List<String> drop(Duration retention, Instant now, Set<String> readers) {
    @Nullable Long read = readByAll(readers);
    if (read == null) {
      return List.of();
    }
    List<Partition> old =
        all().stream()
            .takeWhile(partition -> partition.pastLast() - 1 <= read)
            .takeWhile(partition -> isOld(partition, retention, now))
            .toList();
    old.forEach(this::drop);
    return old.stream().map(Partition::name).toList();
  }

  private void drop(Partition partition) {
    transaction.executeWithoutResult(
        _ -> {
          impatiently();
          jdbc.sql("DROP TABLE IF EXISTS event_store." + partition.name()).update();
        });
  }

  /** The position up to which all have read, those being filled anew included. */
  private @Nullable Long readByAll(Set<String> readers) {
    if (!exists("read_model.projection_progress") || !exists("read_model.projection_rebuild")) {
      return null;
    }
    List<Long> serving =
        positions(
            "SELECT position FROM read_model.projection_progress WHERE name = ANY (?)", readers);
    List<Long> filling =
        positions(
            "SELECT position FROM read_model.projection_rebuild WHERE name = ANY (?)", readers);
    if (serving.size() < readers.size()) {
      return null;
    }
    return Stream.concat(serving.stream(), filling.stream()).min(Long::compare).orElse(null);
  }

  private boolean exists(String table) {
    return jdbc.sql("SELECT to_regclass(?) IS NOT NULL").param(table).query(Boolean.class).single();
  }

  private List<Long> positions(String query, Set<String> readers) {
    return jdbc.sql(query)
        .param(readers.toArray(String[]::new))
        .query((row, number) -> row.getLong(1))
        .list();
  }

  /**
   * Events are in the order of their times, but for the differences of the nodes' clocks. Where the
   * last one is of a clock that was ahead, the next one that is not says how old it is at least.
   */
  private boolean isOld(Partition partition, Duration retention, Instant now) {
    Optional<Long> last =
        jdbc.sql(
                """
                SELECT global_index FROM event_store.telemetry_event
                WHERE global_index >= ? AND global_index < ?
                ORDER BY global_index DESC LIMIT 1
                """)
            .params(partition.first(), partition.pastLast())
            .query(Long.class)
            .optional();
    if (last.isEmpty()) {
      return hasLaterEvents(partition);
    }
    return jdbc.sql(
            """
            SELECT recorded_at::timestamptz < ? FROM event_store.telemetry_event
            WHERE global_index >= ? AND recorded_at::timestamptz <= ?
            ORDER BY global_index LIMIT 1
            """)
        .params(
            now.minus(retention).atOffset(ZoneOffset.UTC), last.get(), now.atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** An empty partition that everybody has passed holds nothing that is still to come. */
  private boolean hasLaterEvents(Partition partition) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT FROM event_store.telemetry_event WHERE global_index >= ?)")
        .param(partition.pastLast())
        .query(Boolean.class)
        .single();
  }

  private long size(Duration retention, Instant now) {
    Double perSecond =
        jdbc.sql(
                """
                WITH recent AS (
                  SELECT e.global_index, e.recorded_at::timestamptz AS at
                  FROM (SELECT last_value AS head FROM event_store.telemetry_event_index) h,
                       LATERAL (SELECT global_index, recorded_at FROM event_store.telemetry_event
                                WHERE global_index > h.head - 100000 ORDER BY global_index LIMIT 1) e
                )
                SELECT (h.last_value - r.global_index)
                       / greatest(extract(epoch FROM ?::timestamptz - r.at), 1)::float8
                FROM recent r, event_store.telemetry_event_index h
                WHERE r.at < ?::timestamptz - interval '1 hour'
                """)
            .params(now.atOffset(ZoneOffset.UTC), now.atOffset(ZoneOffset.UTC))
            .query(Double.class)
            .optional()
            .orElse(null);
    if (perSecond == null) {
      return WITHOUT_HISTORY;
    }
    double wanted = perSecond * retention.toSeconds() / PARTITIONS_KEPT;
    return (long) Math.clamp(wanted, SMALLEST, LARGEST);
  }

  /**
   * As the owner of the tables, for this transaction, and better later than in the way of those who
   * write.
   */
  private void impatiently() {
    jdbc.sql("SELECT set_config('role', 'none', true), set_config('lock_timeout', '2s', true)")
        .query((row, number) -> true)
        .single();
  }
}
