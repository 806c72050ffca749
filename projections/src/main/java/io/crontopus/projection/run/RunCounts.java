package io.crontopus.projection.run;

import io.crontopus.projection.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a batch changes in {@code run_hourly} and {@code run_daily}: a run that moves on is taken
 * out of where it was counted and put where it belongs now.
 */
final class RunCounts {

  private record Key(
      String tenantId,
      Instant from,
      String namespace,
      String jobName,
      String endpointId,
      String status) {}

  /** Always in the same order, so that two writers never wait for each other. */
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::tenantId)
          .thenComparing(Key::from)
          .thenComparing(Key::namespace)
          .thenComparing(Key::jobName)
          .thenComparing(Key::endpointId)
          .thenComparing(Key::status);

  private static final class Count {
    private long runs;
    private long durations;
    private long millis;
    private long most;

    private boolean changesAnything() {
      return runs != 0 || durations != 0 || millis != 0 || most != 0;
    }
  }

  private static final String NONE = "";

  private final Map<Key, Count> hours = new HashMap<>();

  /** A run is not what it was. */
  void moved(@Nullable RunRow before, RunRow after) {
    if (before != null) {
      count(before, -1);
    }
    count(after, 1);
  }

  /**
   * A run took this long, by what this event says; a later event may say otherwise. The longest
   * duration never falls, and each one that was told counts for it, also when the same batch
   * replaces it: so it does not depend on where batches are cut.
   */
  void lasted(@Nullable RunRow before, RunRow after) {
    Long millis = after.durationMillis();
    if (millis == null || (before != null && Objects.equals(before.finished(), after.finished()))) {
      return;
    }
    Count job = of(after, after.jobName(), NONE);
    job.most = Math.max(job.most, millis);
    String endpointId = after.endpointId();
    if (endpointId != null) {
      Count endpoint = of(after, NONE, endpointId);
      endpoint.most = Math.max(endpoint.most, millis);
    }
  }

  void write(Connection connection) throws SQLException {
    write(connection, "run_hourly", "hour", hours);
    Map<Key, Count> days = new HashMap<>();
    hours.forEach((hour, count) -> add(days, day(hour), count));
    write(connection, "run_daily", "day", days);
  }

  /**
   * A run counts for its job and for its endpoint, apart: rows of both would hardly be fewer than
   * the runs where a job is on many machines.
   */
  private void count(RunRow run, int sign) {
    count(run, run.jobName(), NONE, sign);
    String endpointId = run.endpointId();
    if (endpointId != null) {
      count(run, NONE, endpointId, sign);
    }
  }

  private void count(RunRow run, String jobName, String endpointId, int sign) {
    Count count = of(run, jobName, endpointId);
    count.runs += sign;
    Long millis = run.durationMillis();
    if (millis != null) {
      count.durations += sign;
      count.millis += sign * millis;
    }
  }

  private Count of(RunRow run, String jobName, String endpointId) {
    Key key =
        new Key(
            run.tenantId(),
            run.orderedAt().truncatedTo(ChronoUnit.HOURS),
            run.namespace(),
            jobName,
            endpointId,
            run.status());
    return hours.computeIfAbsent(key, _ -> new Count());
  }

  private static Key day(Key hour) {
    return new Key(
        hour.tenantId(),
        hour.from().truncatedTo(ChronoUnit.DAYS),
        hour.namespace(),
        hour.jobName(),
        hour.endpointId(),
        hour.status());
  }

  private static void add(Map<Key, Count> counts, Key key, Count more) {
    Count count = counts.computeIfAbsent(key, _ -> new Count());
    count.runs += more.runs;
    count.durations += more.durations;
    count.millis += more.millis;
    count.most = Math.max(count.most, more.most);
  }

  private static void write(
      Connection connection, String table, String bucket, Map<Key, Count> counts)
      throws SQLException {
    List<Map.Entry<Key, Count>> entries =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue().changesAnything())
            .sorted(Map.Entry.comparingByKey(ORDER))
            .toList();
    if (!entries.isEmpty()) {
      try (PreparedStatement put = connection.prepareStatement(sql(table, bucket))) {
        bind(put, new SqlArrays<>(connection, entries));
        put.executeUpdate();
      }
    }
  }

  private static void bind(PreparedStatement put, SqlArrays<Map.Entry<Key, Count>> rows)
      throws SQLException {
    int column = 1;
    put.setArray(column++, rows.text(row -> row.getKey().tenantId()));
    put.setArray(column++, rows.time(row -> row.getKey().from()));
    put.setArray(column++, rows.text(row -> row.getKey().namespace()));
    put.setArray(column++, rows.text(row -> row.getKey().jobName()));
    put.setArray(column++, rows.text(row -> row.getKey().endpointId()));
    put.setArray(column++, rows.text(row -> row.getKey().status()));
    put.setArray(column++, rows.number(row -> row.getValue().runs));
    put.setArray(column++, rows.number(row -> row.getValue().durations));
    put.setArray(column++, rows.number(row -> row.getValue().millis));
    put.setArray(column, rows.number(row -> row.getValue().most));
  }

  private static String sql(String table, String bucket) {
    return """
        INSERT INTO %1$s AS c
          (tenant_id, %2$s, namespace, job_name, endpoint_id, status, runs, duration_count, duration_millis_total,
           duration_millis_max)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant_id, %2$s, namespace, job_name, endpoint_id, status) DO UPDATE SET
          runs = c.runs + excluded.runs,
          duration_count = c.duration_count + excluded.duration_count,
          duration_millis_total = c.duration_millis_total + excluded.duration_millis_total,
          duration_millis_max = greatest(c.duration_millis_max, excluded.duration_millis_max)
        """
        .formatted(table, bucket);
  }
}
