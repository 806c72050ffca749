package io.crontopus.projection.audit;

import io.crontopus.eventstore.EventLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the audit log: follows the domain log on a thread of its own, signs what has grown. Of
 * several nodes one works at a time; another one goes on where it stops.
 */
public final class AuditLog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration OTHER_NODE = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** How long events gather: trees of many leaves at once cost less, and nobody waits for them. */
  private static final Duration GATHER = Duration.ofMillis(250);

  private static final Duration TIME_TO_STOP = Duration.ofSeconds(10);

  private final DataSource dataSource;
  private final EventLog events;
  private final AuditSettings settings;
  private final Intake intake;
  private final Signing signing;
  private final SigningKeys keys;
  private final Counter leaves;
  private final Counter checkpoints;
  private final AtomicLong failures = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;
  private long nextSigning = System.nanoTime();

  /** Prepares it; {@link #start} lets it run. */
  AuditLog(
      DataSource dataSource,
      EventLog events,
      AuditSettings settings,
      Findings findings,
      MeterRegistry metrics) {
    this.dataSource = dataSource;
    this.events = events;
    this.settings = settings;
    this.intake = new Intake(events, settings.batch());
    this.keys = new SigningKeys(settings.file(), settings.acceptNewKey());
    this.signing = new Signing(keys, findings, settings.checkpointEvery());
    this.leaves =
        Counter.builder("crontopus.audit.leaves")
            .description("Events that this node took into the audit log")
            .register(metrics);
    this.checkpoints =
        Counter.builder("crontopus.audit.checkpoints")
            .description("Checkpoints of tenants that this node signed")
            .register(metrics);
    Gauge.builder("crontopus.audit.failures", failures, AtomicLong::doubleValue)
        .description("Attempts in a row that could not take events in or sign")
        .register(metrics);
    Gauge.builder("crontopus.audit.unable.to.sign", () -> keys.complaint().isEmpty() ? 0 : 1)
        .description("1 when this node has no key to sign with")
        .register(metrics);
    this.thread = Thread.ofPlatform().name("audit-log").daemon().unstarted(this::follow);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (!thread.join(TIME_TO_STOP)) {
        log.warn("the audit log does not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    while (!closed) {
      try {
        step();
        failures.set(0);
      } catch (InterruptedException e) {
        return;
      } catch (SQLException | RuntimeException e) {
        if (closed || !failed(e)) {
          return;
        }
      }
    }
  }

  /** Says so once in a while; false when it is to end. */
  private boolean failed(Exception e) {
    long times = failures.incrementAndGet();
    if (times == 1 || times % 60 == 0) {
      log.error("the audit log does not go on (attempt {})", times, e);
    }
    try {
      Thread.sleep(RETRY);
      return true;
    } catch (InterruptedException interrupted) {
      return false;
    }
  }

  private void step() throws SQLException, InterruptedException {
    long seen = events.signals();
    Intake.Result taken = inTransaction(intake::run);
    leaves.increment(taken.events());
    boolean atHead = !taken.busy() && !taken.more();
    if (System.nanoTime() - nextSigning >= 0) {
      // Whoever took the events in: that may be a node without the key.
      sign(atHead);
      nextSigning = System.nanoTime() + settings.checkpointEvery().toNanos();
    }
    if (taken.busy()) {
      Thread.sleep(OTHER_NODE);
    } else if (atHead) {
      events.awaitMore(seen, untilSigning());
      Thread.sleep(GATHER);
    }
  }

  private void sign(boolean atHead) throws SQLException {
    if (!settings.keyFile().isEmpty()) {
      checkpoints.increment(inTransaction(connection -> signing.run(connection, atHead)));
    }
  }

  private Duration untilSigning() {
    Duration left = Duration.ofNanos(Math.max(1_000_000, nextSigning - System.nanoTime()));
    return left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }
}
