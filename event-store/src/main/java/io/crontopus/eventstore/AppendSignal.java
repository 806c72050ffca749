package io.crontopus.eventstore;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Wakes those who wait for more events. */
final class AppendSignal {

  private long count;

  /** How often it was given; to be compared with later. */
  synchronized long count() {
    return count;
  }

  synchronized void give() {
    count++;
    notifyAll();
  }

  /** Returns when it was given since {@code seen}, or the time is up. */
  synchronized void await(long seen, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (count == seen && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
  }
}
