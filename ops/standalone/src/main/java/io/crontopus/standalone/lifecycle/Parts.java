package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.Refusal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command has started, in order. It is closed last-started first: when the command ends, and
 * when the process is told to (Ctrl-C, SIGTERM, SIGHUP), also in the middle of a start.
 */
public final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
  private static final Duration LONGEST_START_OF_A_PART = Duration.ofMinutes(5);

  private final Deque<Part> parts = new ArrayDeque<>();
  private final CountDownLatch settled = new CountDownLatch(1);
  private final PrintStream out;
  private volatile boolean stopping;

  private record Part(String name, AutoCloseable part) {}

  private Parts(PrintStream out) {
    this.out = out;
  }

  /** Nothing yet; whatever is added is closed at the latest when this process ends. */
  public static Parts untilShutdown() {
    Parts parts = new Parts(System.err);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(parts::shutDown));
    return parts;
  }

  /**
   * Takes charge of {@code part}, which runs already.
   *
   * @throws Refusal when the process is about to end; {@code part} is closed then
   */
  public <T extends AutoCloseable> T add(String name, T part) {
    synchronized (parts) {
      parts.push(new Part(name, part));
    }
    checkGoingOn();
    return part;
  }

  /** Ends a start early when the process has been told to stop. */
  public void checkGoingOn() {
    if (stopping) {
      throw new Refusal("stopped before it was ready");
    }
  }

  /** All is started; from now on a signal closes the parts at once. */
  public void complete() {
    checkGoingOn();
    settled.countDown();
  }

  private void shutDown() {
    stopping = true;
    try {
      if (!settled.await(LONGEST_START_OF_A_PART.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a part is still starting; going down without it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  @Override
  public void close() {
    synchronized (parts) {
      if (stopping && !parts.isEmpty()) {
        out.println("stopping…");
      }
      boolean any = !parts.isEmpty();
      while (!parts.isEmpty()) {
        close(parts.pop());
      }
      if (stopping && any) {
        out.println("stopped");
      }
    }
    settled.countDown();
  }

  private static void close(Part part) {
    try {
      part.part().close();
    } catch (Exception e) {
      LOG.warn("cannot close the {}", part.name(), e);
    }
  }
}
