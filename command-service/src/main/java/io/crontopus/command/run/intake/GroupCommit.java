package io.crontopus.command.run.intake;

import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gets batches of commands into the log, each in one transaction, and makes sure that each command
 * has its own outcome in the end: after a conflict the batch goes again, then its halves; something
 * that cannot be stored is found by halving; and when the connection breaks during the commit, the
 * log is asked what became of it.
 */
final class GroupCommit {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  private static final int ATTEMPTS_TOGETHER = 3;
  private static final int ATTEMPTS_ALONE = 20;
  private static final long LONGEST_PAUSE_MILLIS = 50;
  private static final long UNREACHABLE_PAUSE_MILLIS = 100;
  private static final long RETRY_AFTER_SECONDS = 1;

  private final RunTables tables;
  private final EventLog events;
  private final TransactionOperations transactions;
  private final Clock clock;
  private final IntakeMetrics metrics;
  private final Duration patience;

  GroupCommit(
      RunTables tables,
      EventLog events,
      TransactionOperations transactions,
      Clock clock,
      IntakeMetrics metrics,
      Duration patience) {
    this.tables = tables;
    this.events = events;
    this.transactions = transactions;
    this.clock = clock;
    this.metrics = metrics;
    this.patience = patience;
  }

  /** On return every command has its outcome, and what is accepted is durable. */
  void commit(List<Waiting> batch) throws InterruptedException {
    @Nullable Attempt doubtful = null;
    int conflicts = 0;
    for (int attempts = 0; ; attempts++) {
      Attempt attempt = new Attempt(batch, attempts == 0);
      try {
        if (doubtful == null) {
          write(attempt);
          return;
        }
        if (wasCommitted(doubtful)) {
          return;
        }
        doubtful = null;
      } catch (RuntimeException e) {
        switch (Breakage.of(e)) {
          case UNREACHABLE -> {
            if (attempt.isWritten()) {
              doubtful = attempt;
            }
            if (impatient(batch)) {
              log.warn("{} check-ins are sent back: {}", batch.size(), e.getMessage());
              batch.forEach(waiting -> waiting.failed(Problem.overloaded(RETRY_AFTER_SECONDS)));
              return;
            }
            Thread.sleep(UNREACHABLE_PAUSE_MILLIS);
          }
          case CONFLICT -> {
            metrics.conflict();
            conflicts++;
            if (conflicts >= (batch.size() == 1 ? ATTEMPTS_ALONE : ATTEMPTS_TOGETHER)) {
              halve(batch, e);
              return;
            }
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_MILLIS));
          }
          case BAD_COMMAND -> {
            halve(batch, e);
            return;
          }
        }
      }
    }
  }

  private void write(Attempt attempt) {
    transactions.executeWithoutResult(_ -> attempt.write(tables, events, clock.instant()));
    metrics.committed(attempt.size());
  }

  /**
   * Whether an attempt whose commit was not answered was committed all the same; its outcomes,
   * which its commands still carry, are right then.
   */
  private boolean wasCommitted(Attempt attempt) {
    NewEvent witness = attempt.witness();
    return witness == null
        || Boolean.TRUE.equals(transactions.execute(_ -> events.contains(witness)));
  }

  private void halve(List<Waiting> batch, RuntimeException failure) throws InterruptedException {
    if (batch.size() == 1) {
      log.error("a check-in cannot be stored", failure);
      batch.getFirst().failed(failure);
      return;
    }
    int middle = batch.size() / 2;
    commit(batch.subList(0, middle));
    commit(batch.subList(middle, batch.size()));
  }

  private boolean impatient(List<Waiting> batch) {
    return System.nanoTime() - batch.getFirst().since() > patience.toNanos();
  }
}
