package io.crontopus.command.git.http;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where JGit's blocking work runs: virtual threads, of which a bounded number works and a bounded
 * number waits.
 */
final class GitWorkers {
  private final Semaphore admitted;
  private final Semaphore running;

  GitWorkers(int concurrency, int queue) {
    this.running = new Semaphore(concurrency, true);
    this.admitted = new Semaphore(concurrency + queue);
  }

  /**
   * A place for one task.
   *
   * @throws Refusal when all are taken
   */
  Place admit() {
    if (!admitted.tryAcquire()) {
      throw Refusal.busy();
    }
    return new Place();
  }

  /** Runs one task and is free again when that has ended, or when closed before it began. */
  final class Place implements Executor, AutoCloseable {
    private final AtomicBoolean used = new AtomicBoolean();

    @Override
    public void execute(Runnable task) {
      if (!used.compareAndSet(false, true)) {
        throw new IllegalStateException("one task only");
      }
      Thread.ofVirtual().name("git").start(() -> run(task));
    }

    @Override
    public void close() {
      if (used.compareAndSet(false, true)) {
        admitted.release();
      }
    }

    private void run(Runnable task) {
      try {
        running.acquireUninterruptibly();
        try {
          task.run();
        } finally {
          running.release();
        }
      } finally {
        admitted.release();
      }
    }
  }
}
