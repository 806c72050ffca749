package io.crontopus.command.endpoint.heartbeat;

import io.crontopus.endpoint.EndpointId;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.web.usage.UsageCounters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The open heartbeat streams of this node, one an endpoint: looks after those that are idle, whose
 * token is no longer good, or that are to end because the node does.
 */
public final class HeartbeatStreams implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(HeartbeatStreams.class);
  private static final long EVERY_MILLIS = 500;

  /** With the next round: what let the stream in may be a second old. */
  private static final long FIRST_CHECK = 0;

  private static final long NEXT_CHECK = Duration.ofSeconds(30).toNanos();
  private static final int CHECKED_AT_ONCE = 1_000;
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final Heartbeats heartbeats;
  private final EndpointTokenStore tokens;
  private final HeartbeatSettings settings;
  private final UsageCounters usage;
  private final InstantSource clock;
  private final Map<EndpointId, HeartbeatStream> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("heartbeat-streams").daemon().factory());
  private volatile boolean running;

  public HeartbeatStreams(
      Heartbeats heartbeats,
      EndpointTokenStore tokens,
      HeartbeatSettings settings,
      UsageCounters usage,
      InstantSource clock) {
    this.heartbeats = heartbeats;
    this.tokens = tokens;
    this.settings = settings;
    this.usage = usage;
    this.clock = clock;
  }

  /** A new stream of this endpoint, which ends an older one; empty when there are too many. */
  Optional<HeartbeatStream> open(EndpointId endpoint, byte[] tokenHash) {
    if (!running || open.size() >= settings.streams()) {
      return Optional.empty();
    }
    HeartbeatStream stream =
        new HeartbeatStream(
            this,
            new HeartbeatReader(endpoint.tenantId(), UUID.fromString(endpoint.value())),
            new HeartbeatStream.Credential(tokenHash));
    HeartbeatStream older = open.put(endpoint, stream);
    if (older != null) {
      older.end("replaced");
    }
    return Optional.of(stream);
  }

  /** Ends the stream of an endpoint whose token is no longer good. */
  public void revoked(EndpointId endpoint) {
    HeartbeatStream stream = open.get(endpoint);
    if (stream != null) {
      stream.end("revoked");
    }
  }

  /** Ends the streams of all endpoints of these tenants. */
  void suspended(Set<String> tenantIds) {
    for (HeartbeatStream stream : open.values()) {
      if (tenantIds.contains(stream.tenantId())) {
        stream.end("suspended");
      }
    }
  }

  /** Looks at an endpoint's token again with the next round: it may have another one. */
  public void recheck(EndpointId endpoint) {
    HeartbeatStream stream = open.get(endpoint);
    if (stream != null) {
      stream.credential().doubt();
    }
  }

  /** How many are open. */
  public int size() {
    return open.size();
  }

  void gone(HeartbeatStream stream) {
    open.remove(id(stream), stream);
  }

  boolean collect(HeartbeatStream stream) {
    return heartbeats.add(stream);
  }

  void stored(String tenantId, long count) {
    usage.heartbeats(tenantId, count);
  }

  long now() {
    return clock.millis();
  }

  long nextInSeconds() {
    return settings.interval().toSeconds();
  }

  @Override
  public void start() {
    running = true;
    var _ =
        timer.scheduleWithFixedDelay(
            this::lookAfter, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends all streams, what they sent being stored and acknowledged before. */
  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
    heartbeats.close();
    open.values().forEach(stream -> stream.end("shutting-down"));
    long until = System.nanoTime() + GOODBYE.toNanos();
    while (!open.isEmpty() && System.nanoTime() < until) {
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void lookAfter() {
    try {
      long now = System.nanoTime();
      List<HeartbeatStream> due = new ArrayList<>();
      for (HeartbeatStream stream : open.values()) {
        if (stream.idleFor(settings.streamIdle().toNanos(), now)) {
          stream.end("idle");
        } else if (stream.credential().due(now, FIRST_CHECK, NEXT_CHECK)) {
          due.add(stream);
        }
      }
      for (int from = 0; from < due.size(); from += CHECKED_AT_ONCE) {
        check(due.subList(from, Math.min(due.size(), from + CHECKED_AT_ONCE)), now);
      }
    } catch (RuntimeException e) {
      log.warn("heartbeat streams are not looked after for a moment: {}", e.getMessage());
    }
  }

  private void check(List<HeartbeatStream> some, long now) {
    Set<EndpointTokenStore.Owner> good =
        tokens.owners(some.stream().map(stream -> stream.credential().tokenHash()).toList());
    Set<EndpointId> ids =
        good.stream()
            .map(owner -> new EndpointId(owner.tenantId(), owner.endpointId()))
            .collect(Collectors.toSet());
    for (HeartbeatStream stream : some) {
      if (ids.contains(id(stream))) {
        stream.credential().good(now);
      } else {
        stream.end("revoked");
      }
    }
  }

  private static EndpointId id(HeartbeatStream stream) {
    return new EndpointId(stream.tenantId(), stream.endpointId().toString());
  }
}
