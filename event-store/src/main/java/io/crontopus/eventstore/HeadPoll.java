package io.crontopus.eventstore;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what other nodes append. Asking is cheaper than being told: a notification inside the
 * appending transaction would make all commits of the database wait for each other. Where nothing
 * happens for a while it is asked less often: that is most of what a quiet platform does.
 */
final class HeadPoll implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HeadPoll.class);
  private static final long EVERY_MILLIS = 100;

  /** A credential that another node revoked has to stop working within a second. */
  private static final long EVERY_MILLIS_IN_QUIET = 250;

  /** So long nothing new, and it is quiet. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier head;
  private final AppendSignal signal;
  private final Thread thread;
  private boolean begun;

  HeadPoll(String log, LongSupplier head, AppendSignal signal) {
    this.head = head;
    this.signal = signal;
    this.thread = Thread.ofVirtual().name("poll-" + log).unstarted(this::poll);
  }

  /** Starts to ask, when somebody waits for the first time. */
  synchronized void begin() {
    if (!begun) {
      begun = true;
      thread.start();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void poll() {
    long seen = -1;
    long news = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        boolean quiet = System.nanoTime() - news > QUIET_NANOS;
        Thread.sleep(quiet ? EVERY_MILLIS_IN_QUIET : EVERY_MILLIS);
        long now = head.getAsLong();
        if (now != seen) {
          seen = now;
          news = System.nanoTime();
          signal.give();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.debug("the log cannot be read now: {}", e.getMessage());
      }
    }
  }
}
