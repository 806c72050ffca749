package io.crontopus.agent.run;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Occasions to sync. Any number of them before the next round make one round. */
final class SyncTrigger {

  private final Semaphore occasions = new Semaphore(0);

  void request() {
    occasions.release();
  }

  /** Waits for an occasion; false when there was none in that time. */
  boolean await(Duration most) throws InterruptedException {
    boolean any = occasions.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
    occasions.drainPermits();
    return any;
  }
}
