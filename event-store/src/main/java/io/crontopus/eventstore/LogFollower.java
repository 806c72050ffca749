package io.crontopus.eventstore;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the events of some names to a handler, from now on and never those of the past. Each node
 * that has one sees them all; what happens while it is not running it never sees.
 */
public final class LogFollower implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(LogFollower.class);
  private static final int AT_ONCE = 100;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final Duration GATHER = Duration.ofMillis(50);

  private final EventLog log;
  private final Set<String> names;
  private final Consumer<StoredEvent> handler;
  private final Thread thread;
  private volatile boolean closed;
  private long position;
  private boolean failed;

  private LogFollower(String name, EventLog log, Set<String> names, Consumer<StoredEvent> handler) {
    this.log = log;
    this.names = Set.copyOf(names);
    this.handler = handler;
    this.position = log.head();
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /** Starts to follow, until closed. An event that the handler throws at is logged and skipped. */
  public static LogFollower start(
      String name, EventLog log, Set<String> names, Consumer<StoredEvent> handler) {
    LogFollower follower = new LogFollower(name, log, names, handler);
    follower.thread.start();
    return follower;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    while (!closed) {
      try {
        long signals = log.signals();
        EventBatch batch =
            failed ? log.read(position, names, AT_ONCE) : log.readKnown(position, names, AT_ONCE);
        failed = false;
        batch.events().forEach(this::show);
        position = batch.upTo();
        if (!batch.more()) {
          log.awaitMore(signals, LONGEST_WAIT);
          Thread.sleep(GATHER);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        failed = true;
        if (!closed && !rested(e)) {
          return;
        }
      }
    }
  }

  private void show(StoredEvent event) {
    try {
      handler.accept(event);
    } catch (RuntimeException e) {
      logger.error("{} cannot act on {}", thread.getName(), event, e);
    }
  }

  private boolean rested(RuntimeException failure) {
    logger.warn("{} waits: {}", thread.getName(), failure.toString());
    try {
      Thread.sleep(LONGEST_WAIT);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
