package io.crontopus.command.endpoint.heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The node's clock, held back where it is ahead of the database's, which all nodes have in common:
 * one sign of life from tomorrow would keep what is known there until tomorrow. To ask what time it
 * is costs no round trip; the database's clock is read now and then, and what has passed since is
 * measured by a clock that cannot jump.
 */
public final class DatabaseClock implements InstantSource, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);
  private static final Duration TOLERANCE = Duration.ofSeconds(1);
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** What the database's clock showed, and this process's {@link System#nanoTime} then. */
  private record Reading(Instant time, long nanos) {}

  private final InstantSource node;
  private final Supplier<Instant> database;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("database-clock").daemon().factory());
  private volatile @Nullable Reading last;

  DatabaseClock(InstantSource node, Supplier<Instant> database, LongSupplier nanoTime) {
    this.node = node;
    this.database = database;
    this.nanoTime = nanoTime;
  }

  /** Starts to compare the clocks regularly, until closed; until the first time the node's goes. */
  static DatabaseClock start(JdbcClient jdbc, InstantSource node) {
    DatabaseClock clock =
        new DatabaseClock(
            node,
            () ->
                jdbc.sql("SELECT clock_timestamp()")
                    .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                    .single(),
            System::nanoTime);
    var _ =
        clock.timer.scheduleWithFixedDelay(clock::read, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return clock;
  }

  @Override
  public Instant instant() {
    Instant here = node.instant();
    Reading reading = last;
    if (reading == null) {
      return here;
    }
    Instant there = reading.time().plusNanos(nanoTime.getAsLong() - reading.nanos());
    return here.isAfter(there.plus(TOLERANCE)) ? there : here;
  }

  /** Reads the database's clock; when that takes long, its time tells too little. */
  void read() {
    try {
      long before = nanoTime.getAsLong();
      Instant time = database.get();
      long took = nanoTime.getAsLong() - before;
      if (took <= TOLERANCE.toNanos()) {
        last = new Reading(time, before + took / 2);
      }
    } catch (RuntimeException e) {
      log.debug("the database's clock is read later: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
