package io.crontopus.command.run.intake;

import io.crontopus.eventstore.EventSerializer;
import io.crontopus.run.JobRef;
import io.crontopus.run.RunBook;
import io.crontopus.run.RunBook.JobKey;
import io.crontopus.run.RunBook.JobOn;
import io.crontopus.run.RunBook.Opened;
import io.crontopus.run.RunId;
import io.crontopus.run.RunSettings;
import io.crontopus.run.events.RunEvent;
import io.crontopus.run.events.RunOutputAdded;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;

/**
 * What deciding about runs needs from the database, for many runs with one statement each, and what
 * it leaves there beside the events.
 *
 * <p>Rows are always locked in the order of their keys, so that two nodes seldom wait for each
 * other.
 */
final class RunTables {

  private static final String OUTPUT_ADDED = "run.output-added";

  /**
   * Output changes no state, and there may be much of it: it stays where it is. Run by run, so that
   * the index is used whatever is known, or not yet known, of the sizes of streams.
   */
  private static final String EVENTS =
      """
      SELECT k.stream, e.payload_type, e.payload_revision, e.payload
      FROM unnest(?::varchar[]) AS k (stream)
      CROSS JOIN LATERAL (
        SELECT payload_type, payload_revision,
               CASE WHEN payload_type = 'run.output-added' THEN NULL ELSE payload END AS payload
        FROM event_store.domain_event WHERE aggregate_id = k.stream ORDER BY sequence) e
      """;

  /**
   * The open runs together with their events, as of one moment: read one after the other, a run
   * that another node ends in between would be found open and ended, and the result meant for the
   * run behind it would count as a repetition.
   */
  private static final String OPEN =
      """
      SELECT k.tenant, k.namespace, k.job, k.endpoint, o.run_id, e.payload_type, e.payload_revision, e.payload
      FROM unnest(?::varchar[], ?::varchar[], ?::varchar[], ?::varchar[], ?::int[])
             AS k (tenant, namespace, job, endpoint, most)
      CROSS JOIN LATERAL (
        SELECT run_id, opened_at FROM event_store.open_run
        WHERE tenant_id = k.tenant AND namespace = k.namespace AND job_name = k.job AND endpoint_id = k.endpoint
        ORDER BY opened_at DESC LIMIT k.most) o
      CROSS JOIN LATERAL (
        SELECT sequence, payload_type, payload_revision,
               CASE WHEN payload_type = 'run.output-added' THEN NULL ELSE payload END AS payload
        FROM event_store.domain_event
        WHERE aggregate_id = 'run:' || k.tenant || ':' || o.run_id ORDER BY sequence) e
      ORDER BY k.tenant, k.namespace, k.job, k.endpoint, o.opened_at DESC, o.run_id, e.sequence
      """;

  private static final String SETTINGS =
      """
      SELECT k.tenant, k.namespace, k.job, j.job_id, j.commit_id, j.max_runtime_seconds, j.grace_seconds
      FROM unnest(?::varchar[], ?::varchar[], ?::varchar[]) AS k (tenant, namespace, job)
      CROSS JOIN LATERAL (
        SELECT job_id, commit_id, max_runtime_seconds, grace_seconds FROM event_store.job_index
        WHERE tenant_id = k.tenant AND namespace = k.namespace AND name = k.job LIMIT 1) j
      """;

  private static final String PUT_OPEN =
      """
      INSERT INTO event_store.open_run
        (tenant_id, run_id, namespace, job_name, endpoint_id, deadline, opened_at)
      SELECT tenant, run, namespace, job, endpoint, deadline, statement_timestamp() + place * interval '1 microsecond'
      FROM unnest(?::varchar[], ?::varchar[], ?::varchar[], ?::varchar[], ?::varchar[], ?::timestamptz[], ?::int[])
             AS k (tenant, run, namespace, job, endpoint, deadline, place)
      ORDER BY tenant, run
      ON CONFLICT (tenant_id, run_id) DO UPDATE SET deadline = excluded.deadline
      """;

  private static final String REMOVE_OPEN =
      """
      DELETE FROM event_store.open_run o USING unnest(?::varchar[], ?::varchar[]) AS k (tenant, run)
      WHERE o.tenant_id = k.tenant AND o.run_id = k.run
      """;

  private final JdbcTemplate jdbc;
  private final EventSerializer serializer;

  RunTables(DataSource dataSource, EventSerializer serializer) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.serializer = serializer;
  }

  /** Enters what is stored of these runs. */
  void readRuns(Collection<RunId> runs, RunBook book) {
    Map<String, RunId> byStream = new HashMap<>();
    runs.forEach(run -> byStream.put(run.toString(), run));
    if (byStream.isEmpty()) {
      return;
    }
    jdbc.query(
        statement(EVENTS, byStream.keySet().toArray()),
        row -> {
          RunId run = byStream.get(row.getString(1));
          if (run != null) {
            book.enter(run, event(run, row, 2));
          }
        });
  }

  /**
   * Enters the latest open runs of these jobs, and what is stored of them.
   *
   * @param most how many of each
   * @return the runs found
   */
  Set<RunId> readOpen(Map<JobOn, Integer> most, RunBook book) {
    Set<RunId> found = new HashSet<>();
    if (most.isEmpty()) {
      return found;
    }
    List<JobOn> jobs = List.copyOf(most.keySet());
    jdbc.query(
        statement(
            OPEN,
            column(jobs, JobOn::tenantId),
            column(jobs, job -> job.job().namespace()),
            column(jobs, job -> job.job().name()),
            column(jobs, JobOn::endpointId),
            jobs.stream().map(most::get).toArray(Integer[]::new)),
        row -> {
          RunId run = new RunId(row.getString(1), row.getString(5));
          JobRef job = new JobRef(row.getString(2), row.getString(3));
          if (found.add(run)) {
            book.enterOpen(new JobOn(row.getString(1), job, row.getString(4)), run);
          }
          book.enter(run, event(run, row, 6));
        });
    return found;
  }

  /** Enters the settings of those of these jobs that are defined. */
  void readSettings(Collection<JobKey> keys, RunBook book) {
    List<JobKey> jobs = List.copyOf(keys);
    jdbc.query(
        statement(
            SETTINGS,
            column(jobs, JobKey::tenantId),
            column(jobs, key -> key.job().namespace()),
            column(jobs, key -> key.job().name())),
        row -> {
          Long max = row.getObject(6, Long.class);
          book.enterSettings(
              new JobKey(row.getString(1), new JobRef(row.getString(2), row.getString(3))),
              new RunSettings(
                  row.getString(4),
                  row.getString(5),
                  max == null ? null : Duration.ofSeconds(max),
                  Duration.ofSeconds(row.getLong(7))));
        });
  }

  /** Lists runs as open, the later ones behind the earlier ones. */
  void putOpen(List<Opened> opened) {
    if (opened.isEmpty()) {
      return;
    }
    Integer[] places = new Integer[opened.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
    jdbc.update(
        statement(
            PUT_OPEN,
            column(opened, o -> o.run().tenantId()),
            column(opened, o -> o.run().value()),
            column(opened, o -> o.state().job().namespace()),
            column(opened, o -> o.state().job().name()),
            column(
                opened,
                o -> {
                  String endpoint = o.state().endpointId();
                  return endpoint == null ? "" : endpoint;
                }),
            opened.stream().map(o -> sqlTime(o.state().deadline())).toArray(String[]::new),
            places));
  }

  /** Takes runs off the list of open ones. */
  void removeOpen(List<RunId> closed) {
    if (closed.isEmpty()) {
      return;
    }
    List<RunId> sorted =
        closed.stream()
            .sorted(Comparator.comparing(RunId::tenantId).thenComparing(RunId::value))
            .toList();
    jdbc.update(
        statement(REMOVE_OPEN, column(sorted, RunId::tenantId), column(sorted, RunId::value)));
  }

  /** The event in three columns from this one on: type, revision, payload. */
  private RunEvent event(RunId run, ResultSet row, int from) throws SQLException {
    String type = row.getString(from);
    if (type.equals(OUTPUT_ADDED)) {
      return new RunOutputAdded(run.tenantId(), run.value(), "", false, Instant.EPOCH);
    }
    return serializer.deserialize(
        new SimpleSerializedObject<>(
            row.getBytes(from + 2), byte[].class, type, row.getString(from + 1)));
  }

  private static PreparedStatementCreator statement(String sql, Object[]... values) {
    return connection -> {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < values.length; i++) {
        String type = values[i] instanceof Integer[] ? "int4" : "varchar";
        statement.setArray(i + 1, connection.createArrayOf(type, values[i]));
      }
      return statement;
    };
  }

  private static <T> String[] column(List<T> rows, Function<T, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  private static @Nullable String sqlTime(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC).toString();
  }
}
