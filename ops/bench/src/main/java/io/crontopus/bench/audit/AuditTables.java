package io.crontopus.bench.audit;

import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.PlatformDatabase;
import io.crontopus.bench.session.BenchFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The audit log as its tables show it. */
final class AuditTables {

  private static final Duration LOOK = Duration.ofMillis(10);
  private static final String POSITION = "SELECT position FROM audit.progress";

  private final PlatformDatabase database;
  private final String tenant;

  AuditTables(BenchPlatform platform) {
    this.database = platform.database();
    this.tenant = platform.tenant();
  }

  /** So many events were taken in within this time. */
  record Intake(long events, double seconds) {
    double rate() {
      return events / seconds;
    }
  }

  /** Makes the log begin again, as one that has never seen an event and has signed nothing. */
  void forget() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // In the order in which the log takes its locks.
      statement.execute("UPDATE audit.progress SET position = 0, signed_at = NULL");
      statement.execute(
          "TRUNCATE audit.entry, audit.node, audit.log, audit.checkpoint, audit.signing_key");
      connection.commit();
    }
  }

  /**
   * Waits until the event at {@code position} is taken in, and says how fast it went from the first
   * batch that was seen on.
   */
  Intake awaitIntake(long position, Duration longest) throws SQLException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(POSITION)) {
      long before = position(statement);
      long first = before;
      long began = 0;
      while (System.nanoTime() < end) {
        long now = position(statement);
        if (began == 0 && now > before) {
          began = System.nanoTime();
          first = now;
        }
        if (now >= position) {
          long events =
              database.number(
                  "SELECT count(*) FROM audit.entry WHERE position > ? AND position <= ?",
                  first,
                  now);
          return new Intake(events, (System.nanoTime() - began) / 1e9);
        }
        Thread.sleep(LOOK);
      }
    }
    throw new BenchFailure("the audit log does not catch up within " + longest);
  }

  private static long position(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The end of the event log. */
  long lastEvent() throws SQLException {
    return database.number("SELECT max(global_index) FROM event_store.domain_event");
  }

  /** How many events of the tenant are signed. */
  long signed() throws SQLException {
    return database.number(
        "SELECT coalesce(max(size), 0) FROM audit.checkpoint WHERE tenant_id = ?", tenant);
  }

  /** Waits until so many events of the tenant are signed. */
  void awaitSigned(long events, Duration longest) throws SQLException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (signed() < events) {
      if (System.nanoTime() > end) {
        throw new BenchFailure(events + " events are not signed within " + longest);
      }
      Thread.sleep(LOOK);
    }
  }

  /** How many events of the tenant are in the log. */
  long size() throws SQLException {
    return database.number("SELECT count(*) FROM audit.entry WHERE tenant_id = ?", tenant);
  }

  /** The longest time within these in which no checkpoint of the tenant was signed, in seconds. */
  double longestUnsigned(Instant from, Instant to) throws SQLException {
    List<Instant> moments = new ArrayList<>();
    moments.add(from);
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT signed_at FROM audit.checkpoint
                WHERE tenant_id = ? AND signed_at > ? AND signed_at < ? ORDER BY 1
                """)) {
      statement.setString(1, tenant);
      statement.setObject(2, from.atOffset(ZoneOffset.UTC));
      statement.setObject(3, to.atOffset(ZoneOffset.UTC));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          moments.add(rows.getObject(1, OffsetDateTime.class).toInstant());
        }
      }
    }
    moments.add(to);
    Duration longest = Duration.ZERO;
    for (int i = 1; i < moments.size(); i++) {
      Duration between = Duration.between(moments.get(i - 1), moments.get(i));
      longest = between.compareTo(longest) > 0 ? between : longest;
    }
    return longest.toMillis() / 1e3;
  }

  /** How many entries PostgreSQL copies in a second at most, with their indexes and nodes. */
  double copyRate(long most) throws SQLException {
    database.run(
        "DROP TABLE IF EXISTS audit.bench_entry, audit.bench_node",
        "CREATE TABLE audit.bench_entry (LIKE audit.entry INCLUDING ALL)",
        "CREATE TABLE audit.bench_node (LIKE audit.node INCLUDING ALL)");
    try {
      long start = System.nanoTime();
      database.run(
          "INSERT INTO audit.bench_entry SELECT * FROM audit.entry LIMIT " + most,
          "INSERT INTO audit.bench_node SELECT * FROM audit.node LIMIT " + most / 15);
      double seconds = (System.nanoTime() - start) / 1e9;
      return database.number("SELECT count(*) FROM audit.bench_entry") / seconds;
    } finally {
      database.run("DROP TABLE audit.bench_entry, audit.bench_node");
    }
  }
}
