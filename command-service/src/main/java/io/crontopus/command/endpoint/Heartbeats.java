package io.crontopus.command.endpoint;

import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.web.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Collects heartbeats for a moment and stores them as few events; acknowledges each after the
 * commit.
 */
public final class Heartbeats implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
  private static final int MOST_WAITING = 50_000;
  private static final int MOST_IN_AN_EVENT = 500;
  private static final int SHARDS = 8;
  private static final long COLLECT_MILLIS = 250;
  private static final long RETRY_AFTER_SECONDS = 5;

  private record Waiting(Heartbeat heartbeat, MonoSink<Heartbeat> sink) {}

  private final EventStreams streams;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer =
      Thread.ofPlatform().name("heartbeats").daemon().unstarted(this::write);
  private volatile boolean closed;

  private Heartbeats(EventStreams streams) {
    this.streams = streams;
  }

  /** Starts to collect, until closed. */
  public static Heartbeats start(EventStreams streams) {
    Heartbeats heartbeats = new Heartbeats(streams);
    heartbeats.writer.start();
    return heartbeats;
  }

  /** Completes when the heartbeat is durable. */
  Mono<Heartbeat> observe(Heartbeat heartbeat) {
    return Mono.create(
        sink -> {
          if (closed || !queue.offer(new Waiting(heartbeat, sink))) {
            sink.error(Problem.overloaded(RETRY_AFTER_SECONDS));
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    writer.interrupt();
    try {
      writer.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.forEach(waiting -> waiting.sink().error(Problem.overloaded(RETRY_AFTER_SECONDS)));
  }

  private void write() {
    List<Waiting> batch = new ArrayList<>();
    while (!closed) {
      try {
        batch.add(queue.take());
        TimeUnit.MILLISECONDS.sleep(COLLECT_MILLIS);
      } catch (InterruptedException e) {
        // closing: what is here is written, then the loop ends
      }
      queue.drainTo(batch);
      store(batch);
      batch.clear();
    }
  }

  private void store(List<Waiting> batch) {
    try {
      append(batch.stream().map(Waiting::heartbeat).toList());
      batch.forEach(waiting -> waiting.sink().success(waiting.heartbeat()));
    } catch (RuntimeException e) {
      log.warn("{} heartbeats could not be stored: {}", batch.size(), e.getMessage());
      batch.forEach(waiting -> waiting.sink().error(Problem.overloaded(RETRY_AFTER_SECONDS)));
    }
  }

  private void append(List<Heartbeat> heartbeats) {
    if (heartbeats.isEmpty()) {
      return;
    }
    List<NewEvent> events = events(heartbeats);
    streams.transactions().executeInTransaction(() -> streams.telemetryLog().append(events));
  }

  private static List<NewEvent> events(List<Heartbeat> heartbeats) {
    Map<Integer, List<Heartbeat>> shards =
        heartbeats.stream()
            .collect(
                Collectors.groupingBy(
                    heartbeat -> Math.floorMod(heartbeat.endpointId().hashCode(), SHARDS)));
    List<NewEvent> events = new ArrayList<>();
    shards.forEach(
        (shard, all) -> {
          for (int from = 0; from < all.size(); from += MOST_IN_AN_EVENT) {
            int to = Math.min(all.size(), from + MOST_IN_AN_EVENT);
            events.add(
                NewEvent.alone(
                    new HeartbeatsObserved(shard, List.copyOf(all.subList(from, to))),
                    Map.of(),
                    Instant.now()));
          }
        });
    return events;
  }
}
