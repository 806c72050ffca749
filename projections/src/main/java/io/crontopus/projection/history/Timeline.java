package io.crontopus.projection.history;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps {@code timeline}: which time a position of the log stands for. Any node does, one at a
 * time; the database reads its own log, no event leaves it.
 *
 * <p>The times of the log are those of the nodes' clocks and may go back a little. The timeline's
 * do not: they are the latest so far, but never later than they were seen, so that a clock that is
 * ahead for a while spoils no more than that while.
 */
public final class Timeline implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Timeline.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** How many events at most are between two entries. */
  private static final int STRETCH = 200;

  /** How many events at most one transaction looks at. */
  private static final int MOST = 200_000;

  /** Says whose turn it is among all that use this database: "CTOP", and a number of its own. */
  private static final String TAKE_TURN = "SELECT pg_try_advisory_xact_lock(1129598800, 7)";

  private static final String GO_ON =
      """
      WITH last AS (
        SELECT coalesce(max(position), 0) AS position, coalesce(max(at), '-infinity') AS at FROM read_model.timeline
      ), event AS (
        SELECT global_index, recorded_at::timestamptz AS recorded_at
        FROM event_store.domain_event
        WHERE global_index > (SELECT position FROM last) ORDER BY global_index LIMIT :most
      ), numbered AS (
        SELECT global_index, recorded_at, (row_number() OVER (ORDER BY global_index) - 1) / :stretch AS stretch
        FROM event
      ), stretch AS (
        SELECT max(global_index) AS position, max(recorded_at) AS latest FROM numbered GROUP BY stretch
      )
      INSERT INTO read_model.timeline (position, at)
      SELECT stretch.position,
             greatest(last.at, least(now(), max(stretch.latest) OVER (ORDER BY stretch.position)))
      FROM stretch CROSS JOIN last
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("timeline").daemon().factory());

  private Timeline(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Starts to keep it, until closed. */
  public static Timeline start(JdbcClient jdbc, PlatformTransactionManager transactions) {
    Timeline timeline = new Timeline(jdbc, transactions);
    var _ =
        timeline.timer.scheduleWithFixedDelay(
            timeline::catchUp, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return timeline;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void catchUp() {
    try {
      while (Boolean.TRUE.equals(transaction.execute(_ -> goOn())) && !timer.isShutdown()) {
        // there is more
      }
    } catch (RuntimeException e) {
      if (!timer.isShutdown()) {
        log.warn("the timeline waits: {}", e.toString());
      }
    }
  }

  /** Takes what came since; true when there may be more. */
  private boolean goOn() {
    if (!jdbc.sql(TAKE_TURN).query(Boolean.class).single()) {
      return false;
    }
    int entries = jdbc.sql(GO_ON).param("most", MOST).param("stretch", STRETCH).update();
    return entries >= MOST / STRETCH;
  }
}
