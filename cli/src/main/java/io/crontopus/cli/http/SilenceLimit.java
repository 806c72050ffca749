package io.crontopus.cli.http;

import java.time.Duration;

/**
 * Ends a stream on which nothing came for too long. The platform says something at least every 15
 * s, so silence means a connection that is dead without either side having been told.
 */
final class SilenceLimit implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(45);

  private final Thread watch;
  private volatile long lastHeard = System.nanoTime();

  SilenceLimit(Runnable onSilence) {
    watch = Thread.ofVirtual().start(() -> waitFor(onSilence));
  }

  private void waitFor(Runnable onSilence) {
    try {
      while (true) {
        long left = LIMIT.toNanos() - (System.nanoTime() - lastHeard);
        if (left <= 0) {
          onSilence.run();
          return;
        }
        Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException e) {
      // Closed: nothing to watch any more.
    }
  }

  void broken() {
    lastHeard = System.nanoTime();
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
