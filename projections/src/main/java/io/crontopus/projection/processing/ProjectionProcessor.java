package io.crontopus.projection.processing;

import io.crontopus.event.EventCatalog;
import io.crontopus.eventstore.EventBatch;
import io.crontopus.eventstore.EventLog;
import io.crontopus.projection.Projection;
import io.crontopus.projection.processing.Progress.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Follows the log for one projection. Every node has one; whoever holds the lock on the
 * projection's progress takes the next batch, so that nodes share the work and none of it is done
 * twice.
 */
final class ProjectionProcessor implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(ProjectionProcessor.class);

  private static final long UNKNOWN = -1;
  private static final long CLOSING_SECONDS = 10;

  private final Projection projection;
  private final EventLog log;
  private final Progress progress;
  private final BatchApplier applier;
  private final TransactionTemplate transaction;
  private final ReadAhead readAhead;
  private final Thread thread;
  private volatile boolean closed;

  /** Up to where the log is known to hold nothing for this projection that is not applied. */
  private long position = UNKNOWN;

  /** The position that is stored, as far as this node knows. */
  private long stored = UNKNOWN;

  private long storedAt = System.nanoTime();

  ProjectionProcessor(
      Projection projection,
      EventLog log,
      Progress progress,
      BatchApplier applier,
      TransactionTemplate transaction) {
    this.projection = projection;
    this.log = log;
    this.progress = progress;
    this.applier = applier;
    this.transaction = transaction;
    this.readAhead = new ReadAhead(log, names(projection), Pacing.LIVE.batch());
    this.thread = Thread.ofPlatform().name("projection-" + projection.name()).unstarted(this::run);
  }

  /** The stored names of the events that a projection takes. */
  static Set<String> names(Projection projection) {
    return projection.events().stream()
        .map(type -> EventCatalog.nameOf(type).orElseThrow())
        .collect(Collectors.toUnmodifiableSet());
  }

  void start() {
    progress.prepare(projection.name());
    thread.start();
  }

  /** Asks it to stop; {@link #close} waits until it did. */
  void stop() {
    closed = true;
    thread.interrupt();
  }

  @Override
  public void close() {
    stop();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    readAhead.close();
  }

  private void run() {
    Duration pause = Pacing.FIRST_RETRY;
    while (!closed) {
      try {
        long signals = log.signals();
        long before = position;
        if (!step()) {
          long passed = before == UNKNOWN ? 0 : position - before;
          long idle = System.nanoTime();
          log.awaitMore(signals, Pacing.LONGEST_WAIT);
          Thread.sleep(Pacing.gather(passed, Duration.ofNanos(System.nanoTime() - idle)));
        }
        pause = Pacing.FIRST_RETRY;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (closed) {
          return;
        }
        logger.warn(
            "projection {} waits {} ms: {}", projection.name(), pause.toMillis(), e.toString());
        position = UNKNOWN;
        stored = UNKNOWN;
        readAhead.forget();
        pause = sleep(pause);
      }
    }
  }

  private Duration sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      closed = true;
    }
    return Pacing.longer(pause);
  }

  /** Takes a batch; false when that was all there is for now, or somebody else is at it. */
  private boolean step() throws InterruptedException {
    if (position == UNKNOWN) {
      return claimAndApply(new EventBatch(List.of(), UNKNOWN, false));
    }
    EventBatch batch = readAhead.after(position);
    if (batch.events().isEmpty() && batch.upTo() - stored < Pacing.UNSTORED && !isDue(batch)) {
      position = batch.upTo();
      return batch.more();
    }
    boolean claimed = claimAndApply(batch);
    return claimed && (position != batch.upTo() || batch.more());
  }

  /**
   * Whether a position that only passes others' events is stored by itself after a while: it is
   * what operators see, and a rare event is no reason to seem far behind.
   */
  private boolean isDue(EventBatch batch) {
    return batch.upTo() > stored && System.nanoTime() - storedAt >= Pacing.STORED_AFTER.toNanos();
  }

  private boolean claimAndApply(EventBatch batch) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              Optional<Standing> claimed = progress.claim(projection.name());
              if (claimed.isEmpty()) {
                return false;
              }
              Standing standing = claimed.get();
              if (standing.position() != stored) {
                // first time here, or another node was faster: what was read is of no use
                stored = standing.position();
                position = stored;
                return true;
              }
              long parked =
                  applier.apply(projection, Target.LIVE, batch.events(), standing.parked());
              progress.store(new Standing(projection.name(), batch.upTo(), parked));
              afterCommit(batch.upTo());
              return true;
            }));
  }

  private void afterCommit(long reached) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            stored = reached;
            storedAt = System.nanoTime();
            position = reached;
          }
        });
  }
}
