package io.crontopus.command.run.intake;

import io.crontopus.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that commits what has come since it last looked: the busier it is, the larger its
 * batches. Adding to it never blocks.
 */
final class Lane implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Lane.class);
  private static final long RETRY_AFTER_SECONDS = 1;

  /** A batch of this size says that many are to follow. */
  private static final int BUSY = 4;

  /** So many more in so much time say that it is worth gathering on. */
  private static final int STEADY = 1;

  private static final long GATHERING_NANOS = 1_000_000;

  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final GroupCommit commit;
  private final IntakeSettings settings;
  private final IntakeMetrics metrics;
  private final Consumer<List<Waiting>> answer;
  private final Thread thread;
  private volatile boolean idle;
  private volatile boolean closing;
  private volatile boolean ended;
  private boolean busy;

  /**
   * Starts the thread.
   *
   * @param answer told about commands that have their outcome
   */
  Lane(
      int number,
      GroupCommit commit,
      IntakeSettings settings,
      IntakeMetrics metrics,
      Consumer<List<Waiting>> answer) {
    this.commit = commit;
    this.settings = settings;
    this.metrics = metrics;
    this.answer = answer;
    this.thread =
        Thread.ofPlatform().name("check-ins-" + number).daemon().unstarted(this::workUntilClosed);
  }

  void start() {
    thread.start();
  }

  void add(Waiting waiting) {
    queue.add(waiting);
    if (ended) {
      sendBack();
    } else if (idle) {
      LockSupport.unpark(thread);
    }
  }

  /** Ends after what waits has its outcome. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(settings.patience().plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void workUntilClosed() {
    try {
      while (!closing || !queue.isEmpty()) {
        List<Waiting> batch = take();
        if (batch.isEmpty()) {
          rest();
        } else {
          work(batch);
        }
      }
    } finally {
      ended = true;
      sendBack();
    }
  }

  /** Whoever comes when the thread has ended may find another node. */
  private void sendBack() {
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      next.failed(Problem.overloaded(RETRY_AFTER_SECONDS));
      answer.accept(List.of(next));
    }
  }

  private void rest() {
    idle = true;
    if (queue.isEmpty() && !closing) {
      LockSupport.park(this);
    }
    idle = false;
  }

  /**
   * What waits, as much as goes into one transaction. A busy lane gathers a little longer while
   * more keeps coming: transactions have a price of their own, and at that rate they would all be
   * small.
   */
  private List<Waiting> take() {
    List<Waiting> batch = new ArrayList<>();
    drainTo(batch);
    long end = System.nanoTime() + settings.gather().toNanos();
    while (busy && batch.size() < settings.batchSize() && System.nanoTime() < end) {
      LockSupport.parkNanos(GATHERING_NANOS);
      int before = batch.size();
      drainTo(batch);
      if (batch.size() - before < STEADY) {
        break;
      }
    }
    busy = batch.size() >= BUSY;
    return batch;
  }

  private void drainTo(List<Waiting> batch) {
    while (batch.size() < settings.batchSize()) {
      @Nullable Waiting next = queue.poll();
      if (next == null) {
        return;
      }
      batch.add(next);
    }
  }

  private void work(List<Waiting> taken) {
    List<Waiting> batch = taken;
    if (isLate(taken.getFirst())) {
      // So late only when the database did not answer for long: who still waits may try again.
      batch = taken.stream().filter(waiting -> !isLate(waiting)).toList();
      taken.stream()
          .filter(this::isLate)
          .forEach(waiting -> waiting.failed(Problem.overloaded(RETRY_AFTER_SECONDS)));
    }
    try {
      if (!batch.isEmpty()) {
        metrics.batch(batch.size());
        commit.commit(batch);
      }
    } catch (InterruptedException e) {
      batch.forEach(waiting -> waiting.failed(Problem.overloaded(RETRY_AFTER_SECONDS)));
      closing = true;
    } catch (Throwable e) {
      log.error("a batch of check-ins failed", e);
      RuntimeException failure = new IllegalStateException("the batch failed", e);
      batch.forEach(waiting -> waiting.failed(failure));
    }
    answer.accept(taken);
  }

  private boolean isLate(Waiting waiting) {
    return System.nanoTime() - waiting.since() > settings.patience().toNanos();
  }
}
