package io.crontopus.web;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/**
 * Work that blocks, off the event loop: on virtual threads, a bounded number at a time, with a
 * bounded queue. What does not fit is told to come back later.
 */
public final class BlockingWork implements AutoCloseable {

  private static final long RETRY_AFTER_SECONDS = 1;

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("blocking-", 0).factory());
  private final Semaphore slots;
  private final AtomicInteger accepted = new AtomicInteger();
  private final int mostAccepted;

  /**
   * Prepares the threads.
   *
   * @param atOnce how many may run at the same time
   * @param waiting how many more may wait
   */
  public BlockingWork(int atOnce, int waiting) {
    slots = new Semaphore(atOnce, true);
    mostAccepted = atOnce + waiting;
  }

  /** The result of the work, when somebody subscribes. */
  public <T> Mono<T> call(Callable<T> work) {
    return Mono.create(
        sink -> {
          if (accepted.incrementAndGet() > mostAccepted) {
            accepted.decrementAndGet();
            sink.error(Problem.overloaded(RETRY_AFTER_SECONDS));
            return;
          }
          threads.execute(
              () -> {
                try {
                  slots.acquire();
                  try {
                    sink.success(work.call());
                  } finally {
                    slots.release();
                  }
                } catch (Throwable e) {
                  sink.error(e);
                } finally {
                  accepted.decrementAndGet();
                }
              });
        });
  }

  /** Completes when the work is done. */
  public Mono<Void> run(Runnable work) {
    return call(() -> {
          work.run();
          return Boolean.TRUE;
        })
        .then();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
