package io.crontopus.query.live;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** All who watch on this node. */
public final class LiveHub implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveHub.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** A client that missed more entries of the feed than this reads anew. */
  private static final long MOST_ENTRIES = 50_000;

  /** Nothing was read from the feed yet. */
  static final long UNKNOWN = -1;

  private final ChangeFeed feed;
  private final ResourceReader reader;
  private final int mostWaiting;
  private final Map<String, TenantChannel> channels = new ConcurrentHashMap<>();
  private final Disposable heartbeats;
  private final Sinks.Many<Boolean> arrivals = Sinks.many().multicast().directBestEffort();
  private volatile long reached = UNKNOWN;

  /**
   * Starts without anybody who watches.
   *
   * @param mostWaiting how many resources may wait for a slow client
   */
  public LiveHub(ChangeFeed feed, ResourceReader reader, int mostWaiting) {
    this.feed = feed;
    this.reader = reader;
    this.mostWaiting = mostWaiting;
    this.heartbeats = Flux.interval(HEARTBEAT).onBackpressureDrop().subscribe(_ -> beat());
  }

  /**
   * What changes from now on, until cancelled.
   *
   * @param cursor the last change that the client knows of, as text; null for none. When it is too
   *     old, or none of ours, the stream begins with a reset
   */
  public Flux<ServerSentEvent<String>> watch(
      String tenantId, Set<Topic> topics, @Nullable String cursor) {
    return Flux.create(sink -> open(tenantId, topics, cursor, sink), OverflowStrategy.ERROR);
  }

  @Override
  public void close() {
    heartbeats.dispose();
  }

  boolean isWatched() {
    return !channels.isEmpty();
  }

  /** Ends as soon as somebody watches. */
  Mono<Void> firstWatcher() {
    Mono<Boolean> already = Mono.fromSupplier(this::isWatched).filter(Boolean::booleanValue);
    // In this order: who comes in between is seen by the second.
    return arrivals.asFlux().mergeWith(already).next().then();
  }

  /**
   * Takes note of a change.
   *
   * @param change with the id of the last one that was seen by now
   * @param cursor the change up to which all were noted before, or are noted with this one
   */
  void changed(Change change, long cursor) {
    TenantChannel channel = channels.get(change.tenantId());
    if (channel != null) {
      channel.changed(change, cursor);
    }
  }

  /** All changes up to this one were noted; none is still to become visible. */
  void reached(long id) {
    reached = id;
    channels.values().forEach(TenantChannel::tell);
  }

  /** Changes may have been lost. */
  void resetAll() {
    channels.values().forEach(channel -> channel.reset(reached));
  }

  private void beat() {
    long known = reached;
    channels.values().forEach(channel -> channel.beat(known == UNKNOWN ? null : known));
  }

  private void open(
      String tenantId,
      Set<Topic> topics,
      @Nullable String cursor,
      FluxSink<ServerSentEvent<String>> sink) {
    Watcher watcher = new Watcher(EnumSet.copyOf(topics), mostWaiting, sink);
    long known = reached;
    channels.compute(
        tenantId,
        (id, open) -> {
          TenantChannel channel = open == null ? new TenantChannel(id, reader) : open;
          channel.add(watcher);
          return channel;
        });
    // Of two who come at once, one is enough.
    var _ = arrivals.tryEmitNext(true);
    sink.onDispose(() -> leave(tenantId, watcher));
    if (cursor == null || cursor.isEmpty()) {
      watcher.begin(List.of(), known);
    } else {
      resume(tenantId, watcher, cursor, known);
    }
  }

  private void leave(String tenantId, Watcher watcher) {
    channels.computeIfPresent(tenantId, (_, channel) -> channel.removed(watcher) ? channel : null);
  }

  private void resume(String tenantId, Watcher watcher, String cursor, long known) {
    Mono.justOrEmpty(number(cursor))
        .filterWhen(last -> feed.bounds().map(bounds -> covers(bounds, last)))
        .flatMap(last -> missed(tenantId, watcher, last, Math.max(last, known)))
        .doOnError(e -> log.warn("a stream cannot be resumed, it starts anew: {}", e.getMessage()))
        .onErrorComplete()
        .singleOptional()
        .subscribe(
            events ->
                events.ifPresentOrElse(
                    missed -> watcher.begin(missed, known), () -> watcher.beginWithReset(known)));
  }

  /** Whether everything behind this change is still kept. */
  private boolean covers(ChangeFeed.Bounds bounds, long last) {
    long newest = Math.max(bounds.newest(), reached);
    if (bounds.oldest() == 0) {
      return last == newest;
    }
    return last + 1 >= bounds.oldest() && last <= newest && newest - last <= MOST_ENTRIES;
  }

  /**
   * What the client missed; nothing when it is more than may wait.
   *
   * @param settled the change up to which none is still to become visible
   */
  private Mono<List<LiveEvent>> missed(String tenantId, Watcher watcher, long last, long settled) {
    return feed.missed(tenantId, watcher.topics(), last, mostWaiting + 1)
        .filter(changes -> changes.size() <= mostWaiting)
        .filter(changes -> changes.stream().noneMatch(c -> c.resource().standsForMany()))
        .flatMap(
            changes ->
                reader
                    .read(tenantId, changes.stream().map(Change::resource).toList())
                    .map(data -> events(changes, data, settled)));
  }

  private static List<LiveEvent> events(
      List<Change> changes, Map<Resource, String> data, long settled) {
    return changes.stream()
        .filter(change -> data.containsKey(change.resource()))
        .map(
            change ->
                new LiveEvent(
                    change.id(),
                    Math.min(change.id(), settled),
                    change.resource(),
                    String.valueOf(data.get(change.resource()))))
        .toList();
  }

  private static @Nullable Long number(String cursor) {
    try {
      long number = Long.parseLong(cursor);
      return number >= 0 ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
