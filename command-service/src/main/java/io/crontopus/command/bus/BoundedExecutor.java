package io.crontopus.command.bus;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs commands on virtual threads: as many at once as there are connections, and a bounded number
 * waiting.
 */
final class BoundedExecutor implements Executor, AutoCloseable {

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("command-", 0).factory());
  private final Semaphore slots;
  private final AtomicInteger accepted = new AtomicInteger();
  private final int mostAccepted;

  BoundedExecutor(int atOnce, int waiting) {
    slots = new Semaphore(atOnce, true);
    mostAccepted = atOnce + waiting;
  }

  @Override
  public void execute(Runnable command) {
    if (accepted.incrementAndGet() > mostAccepted) {
      accepted.decrementAndGet();
      throw new RejectedExecutionException("too many commands are waiting");
    }
    threads.execute(() -> runInSlot(command));
  }

  @Override
  public void close() {
    threads.close();
  }

  private void runInSlot(Runnable command) {
    slots.acquireUninterruptibly();
    try {
      command.run();
    } finally {
      slots.release();
      accepted.decrementAndGet();
    }
  }
}
