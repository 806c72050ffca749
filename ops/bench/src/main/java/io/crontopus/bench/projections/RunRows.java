package io.crontopus.bench.projections;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.PlatformDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** The rows of runs in the read model. */
public final class RunRows {

  private static final Duration LOOK = Duration.ofMillis(10);

  private final PlatformDatabase database;
  private final String tenant;

  public RunRows(BenchPlatform platform) {
    this.database = platform.database();
    this.tenant = platform.tenant();
  }

  /**
   * From the commit of the event to the commit of the row, in milliseconds, as PostgreSQL dates
   * them.
   */
  public record Lag(long runs, double p50, double p99, double longest) {}

  /** Waits for the last acknowledged run of a load. */
  public boolean awaitVisible(LoadResult load, Duration longest)
      throws SQLException, InterruptedException {
    for (long number = load.end() - 1; number >= load.first(); number--) {
      if (load.acknowledged(number)) {
        return awaitVisible(number, longest);
      }
    }
    return true;
  }

  /**
   * Waits until this run can be read; false when that takes too long. Looks at how far the
   * projection is, which is committed with its rows: looking for the row itself, in a table of
   * which the planner knows nothing yet, read the tenant's other runs each time and took a core.
   */
  public boolean awaitVisible(long number, Duration longest)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT 1 FROM read_model.projection_progress WHERE name = 'runs' AND position >= ?")) {
      statement.setLong(1, position(number));
      while (System.nanoTime() < end) {
        try (ResultSet rows = statement.executeQuery()) {
          if (rows.next()) {
            return isThere(number);
          }
        }
        Thread.sleep(LOOK);
      }
    }
    return false;
  }

  private long position(long number) throws SQLException {
    return database.number(
        "SELECT global_index FROM event_store.domain_event WHERE aggregate_id = ? AND sequence = 0",
        "run:" + tenant + ":" + CheckIns.run(number));
  }

  private boolean isThere(long number) throws SQLException {
    return database.number(
            "SELECT count(*) FROM read_model.run WHERE tenant_id = ? AND run_id = ?",
            tenant,
            CheckIns.run(number))
        == 1;
  }

  /** How many runs there are from {@code number} on. */
  public long countFrom(long number) throws SQLException {
    return database.number(
        "SELECT count(*) FROM read_model.run WHERE tenant_id = ? AND run_id >= ?",
        tenant,
        CheckIns.run(number));
  }

  /** Lag of the runs {@code from} (inclusive) to {@code to} (exclusive). */
  public Lag lag(long from, long to) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY lag),
                  percentile_cont(0.99) WITHIN GROUP (ORDER BY lag), max(lag)
                FROM (
                  SELECT 1000 * extract(epoch FROM
                    pg_xact_commit_timestamp(r.xmin) - pg_xact_commit_timestamp(e.xmin)) AS lag
                  FROM read_model.run r
                  JOIN event_store.domain_event e ON e.aggregate_id = 'run:' || r.tenant_id || ':' || r.run_id
                  WHERE r.tenant_id = ? AND r.run_id >= ? AND r.run_id < ?) lags
                """)) {
      statement.setString(1, tenant);
      statement.setString(2, CheckIns.run(from));
      statement.setString(3, CheckIns.run(to));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Lag(rows.getLong(1), rows.getDouble(2), rows.getDouble(3), rows.getDouble(4));
      }
    }
  }

  /**
   * How many rows of runs PostgreSQL copies in a second at most, indexes included.
   *
   * @param most how many to copy
   */
  public double copyRate(long most) throws SQLException {
    database.run(
        "DROP TABLE IF EXISTS read_model.bench_run",
        "CREATE TABLE read_model.bench_run (LIKE read_model.run INCLUDING ALL)");
    try {
      long start = System.nanoTime();
      database.run("INSERT INTO read_model.bench_run SELECT * FROM read_model.run LIMIT " + most);
      double seconds = (System.nanoTime() - start) / 1e9;
      return database.number("SELECT count(*) FROM read_model.bench_run") / seconds;
    } finally {
      database.run("DROP TABLE read_model.bench_run");
    }
  }
}
