package io.crontopus.projection.processing;

import io.crontopus.projection.processing.Rebuilds.Rebuild;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a rebuild from whoever works on it, on any node. A batch is soon over, but an index can
 * take PostgreSQL minutes: what it is doing for the rebuild is cancelled.
 */
final class RebuildSeizure {

  private static final Logger logger = LoggerFactory.getLogger(RebuildSeizure.class);

  /** Long enough for most batches to end by themselves. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final Rebuilds rebuilds;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  RebuildSeizure(Rebuilds rebuilds, JdbcClient jdbc, TransactionTemplate transaction) {
    this.rebuilds = rebuilds;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * Claims the rebuild until the transaction ends, which has to give it up; empty when it is over.
   */
  Optional<Rebuild> seize(String name) {
    rebuilds.giveUp();
    int waiting = jdbc.sql("SELECT pg_backend_pid()").query(Integer.class).single();
    CountDownLatch seized = new CountDownLatch(1);
    try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
      beside.execute(() -> clearTheWay(waiting, seized));
      try {
        return rebuilds.await(name);
      } finally {
        seized.countDown();
      }
    }
  }

  private void clearTheWay(int waiting, CountDownLatch seized) {
    try {
      while (!seized.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        transaction.executeWithoutResult(status -> cancelWhoBlocks(waiting));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      logger.warn("a rebuild is given up when its step is over: {}", e.toString());
    }
  }

  /**
   * As the user who connected, whose all these backends are. The role of the projections' own
   * connections may not cancel them.
   */
  private void cancelWhoBlocks(int waiting) {
    jdbc.sql("SELECT set_config('role', 'none', true)").query((row, n) -> true).single();
    jdbc.sql("SELECT pg_cancel_backend(pid) FROM unnest(pg_blocking_pids(?)) AS blocking (pid)")
        .param(waiting)
        .query((row, n) -> true)
        .list();
  }
}
