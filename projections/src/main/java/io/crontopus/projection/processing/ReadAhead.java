package io.crontopus.projection.processing;

import io.crontopus.eventstore.EventBatch;
import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.StoredEvent;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next stretch of the log while the one before is being written. What is behind a
 * position never changes, so what was read stays right whoever moves on.
 */
final class ReadAhead implements AutoCloseable {

  private final EventLog log;
  private final Set<String> names;
  private final int most;
  private final ExecutorService reader;
  private long nextAfter = -1;
  private @Nullable Future<EventBatch> next;

  /** Whether what this node remembers of the log may be wrong. */
  private boolean inDoubt = true;

  ReadAhead(EventLog log, Set<String> names, int most) {
    this.log = log;
    this.names = names;
    this.most = most;
    this.reader = Executors.newVirtualThreadPerTaskExecutor();
  }

  /** The events after this position. */
  EventBatch after(long position) throws InterruptedException {
    Future<EventBatch> ready = nextAfter == position ? next : null;
    next = null;
    EventBatch batch = ready == null ? read(position) : get(ready);
    if (batch.more()) {
      prepare(batch.upTo());
    }
    return batch;
  }

  /** After a failure: the log may have come back from an outage without its last events. */
  void forget() {
    next = null;
    inDoubt = true;
  }

  private EventBatch read(long position) {
    EventBatch batch =
        inDoubt ? log.read(position, names, most) : log.readKnown(position, names, most);
    inDoubt = false;
    return batch;
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }

  private void prepare(long position) {
    nextAfter = position;
    next = reader.submit(() -> parsed(log.readKnown(position, names, most)));
  }

  /** Turns the bytes into objects here, beside the thread that writes. */
  private static EventBatch parsed(EventBatch batch) {
    for (StoredEvent event : batch.events()) {
      try {
        event.event();
      } catch (RuntimeException e) {
        // who applies it finds out again, and parks it
      }
    }
    return batch;
  }

  private static EventBatch get(Future<EventBatch> ready) throws InterruptedException {
    try {
      return ready.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    }
  }
}
