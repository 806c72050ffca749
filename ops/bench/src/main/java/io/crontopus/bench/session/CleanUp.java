package io.crontopus.bench.session;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a bench has started. It is closed last-started first: when the bench ends, and when this
 * process is told to (Ctrl-C, SIGTERM).
 */
public final class CleanUp implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean closed;

  /** Nothing yet. */
  public static CleanUp untilShutdown() {
    CleanUp cleanUp = new CleanUp();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(cleanUp::close));
    return cleanUp;
  }

  /** Takes charge of {@code part}; closes it at once when the end has come meanwhile. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    if (closed) {
      close(part);
      throw new BenchFailure("stopped");
    }
    parts.push(part);
    return part;
  }

  /** Whether the end has come. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Closes {@code part} before the end. */
  public synchronized void end(AutoCloseable part) {
    if (parts.remove(part)) {
      close(part);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!parts.isEmpty()) {
      close(parts.pop());
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println("bench: cannot tidy up: " + e.getMessage());
    }
  }
}
