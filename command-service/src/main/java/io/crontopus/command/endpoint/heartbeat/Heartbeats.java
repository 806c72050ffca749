package io.crontopus.command.endpoint.heartbeat;

import io.crontopus.command.endpoint.heartbeat.HeartbeatSource.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Collects signs of life for a moment, stores them as few events and acknowledges them after the
 * commit. What cannot be stored is tried again; of several signs of one source the newest is kept,
 * so that what waits is bounded by the number of sources.
 *
 * <p>With nothing to store it says so every few seconds: that is how silence is told from not
 * listening.
 */
public final class Heartbeats implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
  private static final int MOST_WAITING = 200_000;
  private static final long SHORTEST_MILLIS = 250;
  private static final long LONGEST_MILLIS = 1_000;

  /** With more sources than this in a moment, the next moment is longer. */
  private static final int SOURCES_FOR_A_MILLISECOND = 10;

  private static final Duration SAY_NOTHING_HEARD = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final TelemetryAppender telemetry;
  private final InstantSource clock;
  private final ConcurrentLinkedQueue<HeartbeatSource> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Thread writer =
      Thread.ofPlatform().name("heartbeats").daemon().unstarted(this::write);
  private volatile boolean closed;

  private Heartbeats(TelemetryAppender appender, InstantSource clock) {
    this.telemetry = appender;
    this.clock = clock;
  }

  /** Starts to collect, until closed. */
  public static Heartbeats start(TelemetryAppender appender, InstantSource clock) {
    Heartbeats heartbeats = new Heartbeats(appender, clock);
    heartbeats.writer.start();
    return heartbeats;
  }

  /** Completes when the sign of life is durable. */
  public Mono<SignOfLife> observe(SignOfLife sign) {
    return Mono.create(
        sink -> {
          SingleHeartbeat single = new SingleHeartbeat(sign, sink);
          if (!add(single)) {
            single.refused(single.take());
          }
        });
  }

  /** Stores this source's newest sign of life soon; false when too many wait. */
  boolean add(HeartbeatSource source) {
    if (closed || count.incrementAndGet() > MOST_WAITING) {
      count.decrementAndGet();
      return false;
    }
    waiting.add(source);
    return true;
  }

  /** Stores what was collected, and refuses what comes after. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer);
    try {
      writer.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Waiting(HeartbeatSource source, Taken taken) {}

  private void write() {
    long moment = SHORTEST_MILLIS;
    long lastStored = System.nanoTime();
    while (!closed) {
      pause(moment);
      boolean due = System.nanoTime() - lastStored >= SAY_NOTHING_HEARD.toNanos();
      if (!waiting.isEmpty() || due) {
        int sources = storeAll();
        lastStored = System.nanoTime();
        moment = Math.clamp(sources / SOURCES_FOR_A_MILLISECOND, SHORTEST_MILLIS, LONGEST_MILLIS);
      }
    }
    storeAll();
  }

  /** Not interrupted: an interrupt in the middle of a commit would cost the connection. */
  private void pause(long millis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = until - System.nanoTime();
    while (left > 0 && !closed) {
      LockSupport.parkNanos(this, left);
      left = until - System.nanoTime();
    }
  }

  private int storeAll() {
    Instant collectedAt = clock.instant();
    List<HeartbeatSource> sources = new ArrayList<>();
    List<Taken> taken = new ArrayList<>();
    HeartbeatSource source = waiting.poll();
    while (source != null) {
      count.decrementAndGet();
      sources.add(source);
      taken.add(source.take());
      source = waiting.poll();
    }
    boolean stored = store(collectedAt, taken);
    for (int i = 0; i < sources.size(); i++) {
      answer(new Waiting(sources.get(i), taken.get(i)), stored);
    }
    return sources.size();
  }

  private static void answer(Waiting waiting, boolean stored) {
    try {
      if (stored) {
        waiting.source().stored(waiting.taken());
      } else {
        waiting.source().refused(waiting.taken());
      }
    } catch (RuntimeException e) {
      log.warn("an acknowledgement could not be given", e);
    }
  }

  /** Tries until it works, or until there is no point: nothing is lost while the log is away. */
  private boolean store(Instant collectedAt, List<Taken> taken) {
    while (true) {
      try {
        telemetry.append(HeartbeatEvents.of(collectedAt, taken));
        return true;
      } catch (RuntimeException e) {
        log.warn("{} heartbeats wait to be stored: {}", taken.size(), e.getMessage());
        if (closed) {
          return false;
        }
        pause(RETRY.toMillis());
      }
    }
  }
}
