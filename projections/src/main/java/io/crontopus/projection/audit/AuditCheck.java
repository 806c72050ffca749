package io.crontopus.projection.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares all stored events with what was signed, soon after the start and then from time to time,
 * at a pace that leaves room for the platform's work. One node at a time does it.
 */
final class AuditCheck implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AuditCheck.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final long POSITIONS = 2_000;

  /** A gentle check rests so many times as long as it works. */
  private static final long RESTS = 9;

  /** A key of its own among the database's advisory locks. */
  private static final long LOCK = 0x61756469745f6368L;

  private final DataSource dataSource;
  private final Findings findings;
  private final Duration every;
  private final AtomicLong open = new AtomicLong();
  private final Thread thread;

  AuditCheck(
      DataSource dataSource, Findings findings, AuditSettings settings, MeterRegistry metrics) {
    this.dataSource = dataSource;
    this.findings = findings;
    this.every = settings.checkEvery();
    Gauge.builder("crontopus.audit.findings", open, AtomicLong::doubleValue)
        .description("Contradictions between stored events and the audit log; 0 when it is intact")
        .register(metrics);
    this.thread = Thread.ofPlatform().name("audit-check").daemon().unstarted(this::keepChecking);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void keepChecking() {
    try {
      Thread.sleep(FIRST.compareTo(every) < 0 ? FIRST : every);
      while (true) {
        try {
          run(true);
        } catch (SQLException | RuntimeException e) {
          log.warn("the audit log could not be checked", e);
        }
        Thread.sleep(every);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /**
   * Checks everything that was taken in so far.
   *
   * @param gently rest after each step, most of the time
   * @return what was found; empty also when another node is at it
   */
  List<Finding> run(boolean gently) throws SQLException, InterruptedException {
    try (Connection connection = dataSource.getConnection()) {
      if (number(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")::int") == 0) {
        return List.of();
      }
      try {
        return check(connection, gently);
      } finally {
        number(connection, "SELECT pg_advisory_unlock(" + LOCK + ")::int");
        open.set(number(connection, "SELECT count(*) FROM audit.finding"));
      }
    }
  }

  private List<Finding> check(Connection connection, boolean gently)
      throws SQLException, InterruptedException {
    Replay replay = Replay.begin(connection);
    long end = number(connection, "SELECT position FROM audit.progress");
    for (long at = 0; at < end; at += POSITIONS) {
      long began = System.nanoTime();
      replay.step(connection, at, Math.min(end, at + POSITIONS));
      if (gently) {
        Thread.sleep(Duration.ofNanos(RESTS * (System.nanoTime() - began)));
      }
    }
    replay.end();
    // Asked at the end: a tenant's events may have been removed while they were compared.
    Set<String> forgotten = new AuditTables(connection).forgotten();
    List<Finding> found =
        replay.findings().stream()
            .filter(finding -> !forgotten.contains(finding.tenantId()))
            .toList();
    for (Finding finding : found) {
      findings.report(connection, finding);
    }
    note(connection, end, replay.events());
    return found;
  }

  private static void note(Connection connection, long position, long events) throws SQLException {
    try (PreparedStatement store =
        connection.prepareStatement(
            """
            INSERT INTO audit.last_check (checked_at, position, events) VALUES (clock_timestamp(), ?, ?)
            ON CONFLICT (one) DO UPDATE
            SET checked_at = excluded.checked_at, position = excluded.position, events = excluded.events
            """)) {
      store.setLong(1, position);
      store.setLong(2, events);
      store.executeUpdate();
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
