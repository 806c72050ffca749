package io.crontopus.bench.limit;

import io.crontopus.bench.platform.PlatformDatabase;
import io.crontopus.bench.session.BenchFailure;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * How fast PostgreSQL takes events at most: COPY of stored ones into a table of the same kind, with
 * its indexes, a commit every ten thousand.
 */
public final class CopyRate {

  private static final int ROWS_PER_COMMIT = 10_000;
  private static final int SAMPLES = 500;
  private static final String COLUMNS =
      "aggregate_id, sequence, type, event_id, recorded_at, payload_type, payload_revision, payload, metadata";

  private CopyRate() {}

  /**
   * Rows a second, over about {@code time}.
   *
   * @param aggregates which stored events to copy, as a LIKE pattern of the aggregate's id
   */
  public static double measure(PlatformDatabase database, Duration time, String aggregates)
      throws SQLException {
    database.run(
        "DROP TABLE IF EXISTS event_store.bench_copy",
        "CREATE TABLE event_store.bench_copy (LIKE event_store.domain_event INCLUDING ALL)");
    try (Connection connection = database.connect()) {
      List<String> samples = samples(connection, aggregates);
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      long end = start + time.toNanos();
      long rows = 0;
      while (System.nanoTime() < end) {
        copy(connection, samples, rows);
        connection.commit();
        rows += ROWS_PER_COMMIT;
      }
      return rows * 1e9 / (System.nanoTime() - start);
    } finally {
      database.run("DROP TABLE event_store.bench_copy");
    }
  }

  private static List<String> samples(Connection connection, String aggregates)
      throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT concat_ws(E'\\t', coalesce(type, '\\N'), '%s', recorded_at, payload_type,
                  coalesce(payload_revision, '\\N'), '\\\\x' || encode(payload, 'hex'),
                  coalesce('\\\\x' || encode(metadata, 'hex'), '\\N'))
                FROM event_store.domain_event WHERE aggregate_id LIKE '%s' ORDER BY global_index DESC LIMIT %d
                """
                    .formatted("%s", aggregates, SAMPLES))) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    if (lines.isEmpty()) {
      throw new BenchFailure("there are no events to copy");
    }
    return lines;
  }

  private static void copy(Connection connection, List<String> samples, long from)
      throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY event_store.bench_copy (" + COLUMNS + ") FROM STDIN");
    StringBuilder lines = new StringBuilder();
    for (long row = from; row < from + ROWS_PER_COMMIT; row++) {
      String sample = samples.get((int) (row % samples.size()));
      String id = "%016x".formatted(row);
      lines.append("run:bench:").append(id).append("\t0\t");
      lines.append(
          sample.replace("%s", "00000000-0000-7000-" + id.substring(0, 4) + "-" + id.substring(4)));
      lines.append('\n');
      if (lines.length() > 1 << 16) {
        write(copy, lines);
      }
    }
    write(copy, lines);
    copy.endCopy();
  }

  private static void write(CopyIn copy, StringBuilder lines) throws SQLException {
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    lines.setLength(0);
  }
}
