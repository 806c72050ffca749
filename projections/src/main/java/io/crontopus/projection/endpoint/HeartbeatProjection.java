package io.crontopus.projection.endpoint;

import io.crontopus.endpoint.events.HeartbeatsCollected;
import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.projection.Projection;
import io.crontopus.projection.ProjectionSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the latest sign of life of each endpoint, and how far that reaches. A heartbeat is no
 * change that anybody watches: a changed state is, and comes as an event of its own.
 */
public final class HeartbeatProjection implements Projection {

  private record Key(String tenantId, String endpointId) {}

  @Override
  public String name() {
    return "heartbeats";
  }

  @Override
  public Log log() {
    return Log.TELEMETRY;
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(HeartbeatsCollected.class, HeartbeatsObserved.class);
  }

  @Override
  public List<String> tables() {
    return List.of("endpoint_heartbeat", "heartbeat_progress");
  }

  /** An event more or less makes no later one wrong: the newest sign counts. */
  @Override
  public String sequenceOf(StoredEvent event) {
    return event.eventId();
  }

  @Override
  public void apply(List<StoredEvent> batch, ProjectionSession session) {
    Map<Key, Heartbeat> newest = new HashMap<>();
    HeardTimes times = HeardTimes.of(session.jdbc());
    for (StoredEvent stored : batch) {
      switch (stored.event()) {
        case HeartbeatsCollected event -> {
          times.collected(event.collectedAt());
          event.forEach(heartbeat -> keepNewest(newest, times, heartbeat));
        }
        case HeartbeatsObserved event ->
            event.heartbeats().forEach(heartbeat -> keepNewest(newest, times, heartbeat));
        default -> throw new IllegalStateException("not asked for: " + stored);
      }
    }
    HeartbeatTable.put(session.sql(), List.copyOf(newest.values()), times.latest());
    HeartbeatProgress.put(session.jdbc(), times);
  }

  private static void keepNewest(
      Map<Key, Heartbeat> newest, HeardTimes times, Heartbeat heartbeat) {
    times
        .possible(heartbeat)
        .ifPresent(
            sign ->
                newest.merge(
                    new Key(sign.tenantId(), sign.endpointId()),
                    sign,
                    (one, other) -> other.receivedAt().isBefore(one.receivedAt()) ? one : other));
  }
}
