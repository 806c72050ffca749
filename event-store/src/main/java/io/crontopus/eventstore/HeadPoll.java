package io.crontopus.eventstore;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what other nodes append. Asking is cheaper than being told: a notification inside the
 * appending transaction would make all commits of the database wait for each other.
 */
final class HeadPoll implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HeadPoll.class);
  private static final long EVERY_MILLIS = 100;

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
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(EVERY_MILLIS);
        long now = head.getAsLong();
        if (now != seen) {
          seen = now;
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
