package io.crontopus.query.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Those who watch one tenant. What changed is read once for all of them, in batches, so that a
 * burst of changes of one resource is one read and one event.
 */
final class TenantChannel {

  private static final Logger log = LoggerFactory.getLogger(TenantChannel.class);
  private static final int BATCH = 500;
  private static final int MOST_PENDING = 10_000;
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** A change that is still to be told, and the cursor of whoever is told of it. */
  private record Noted(long id, long cursor) {}

  private final String tenantId;
  private final ResourceReader reader;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final SequencedMap<Resource, Noted> pending = new LinkedHashMap<>();
  private boolean reading;

  TenantChannel(String tenantId, ResourceReader reader) {
    this.tenantId = tenantId;
    this.reader = reader;
  }

  void add(Watcher watcher) {
    watchers.add(watcher);
  }

  /** Takes a stream away; whether others are left. */
  boolean removed(Watcher watcher) {
    watchers.remove(watcher);
    return !watchers.isEmpty();
  }

  /** Notes a change, to be told to those who watch its topic. */
  void changed(Change change, long cursor) {
    if (watchers.stream().noneMatch(w -> w.topics().contains(change.resource().topic()))) {
      return;
    }
    if (change.resource().standsForMany()) {
      lost(change.resource().topic(), cursor);
      return;
    }
    boolean tooMany;
    synchronized (this) {
      pending.remove(change.resource());
      pending.put(change.resource(), new Noted(change.id(), cursor));
      tooMany = pending.size() > MOST_PENDING;
      if (tooMany) {
        pending.clear();
      }
    }
    if (tooMany) {
      watchers.forEach(watcher -> watcher.reset(cursor));
    }
  }

  /** So many changed that whoever watches the topic reads anew. */
  private void lost(Topic topic, long cursor) {
    synchronized (this) {
      pending.keySet().removeIf(resource -> resource.topic() == topic);
    }
    watchers.stream()
        .filter(watcher -> watcher.topics().contains(topic))
        .forEach(watcher -> watcher.reset(cursor));
  }

  /** Reads what changed, and goes on until nothing is left. */
  void tell() {
    SequencedMap<Resource, Noted> batch = nextBatch();
    if (!batch.isEmpty()) {
      reader
          .read(tenantId, batch.keySet())
          .subscribe(data -> told(batch, data), error -> failed(batch, error));
    }
  }

  void beat(@Nullable Long reached) {
    boolean settled;
    synchronized (this) {
      settled = pending.isEmpty() && !reading;
    }
    watchers.forEach(watcher -> watcher.beat(settled ? reached : null));
  }

  void reset(long cursor) {
    watchers.forEach(watcher -> watcher.reset(cursor));
  }

  private synchronized SequencedMap<Resource, Noted> nextBatch() {
    SequencedMap<Resource, Noted> batch = new LinkedHashMap<>();
    if (!reading) {
      while (batch.size() < BATCH && !pending.isEmpty()) {
        Map.Entry<Resource, Noted> first = pending.pollFirstEntry();
        batch.put(first.getKey(), first.getValue());
      }
      reading = !batch.isEmpty();
    }
    return batch;
  }

  private void told(SequencedMap<Resource, Noted> batch, Map<Resource, String> data) {
    List<LiveEvent> events = new ArrayList<>(batch.size());
    batch.forEach(
        (resource, noted) -> {
          String now = data.get(resource);
          if (now != null) {
            events.add(new LiveEvent(noted.id(), noted.cursor(), resource, now));
          }
        });
    watchers.forEach(watcher -> watcher.offer(events));
    idle();
    tell();
  }

  private void failed(SequencedMap<Resource, Noted> batch, Throwable error) {
    log.warn("changes of a tenant cannot be read now, trying again: {}", error.getMessage());
    synchronized (this) {
      // In front again: a client that was told of a later one would not come back for these.
      for (Map.Entry<Resource, Noted> entry : batch.reversed().entrySet()) {
        if (!pending.containsKey(entry.getKey())) {
          pending.putFirst(entry.getKey(), entry.getValue());
        }
      }
    }
    var _ =
        Mono.delay(AFTER_FAILURE)
            .subscribe(
                _ -> {
                  idle();
                  tell();
                });
  }

  private synchronized void idle() {
    reading = false;
  }
}
