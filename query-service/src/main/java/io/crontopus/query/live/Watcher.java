package io.crontopus.query.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.FluxSink;

/**
 * One open stream. What its client has not taken yet is kept, one entry a resource; when that
 * becomes too much, all of it is given up for a single {@code reset}, so that a slow client costs
 * this much memory and nobody anything else.
 */
final class Watcher {

  static final String RESET = "reset";
  private static final String NO_DATA = "{}";

  private final Set<Topic> topics;
  private final int most;
  private final FluxSink<ServerSentEvent<String>> sink;
  private final AtomicInteger draining = new AtomicInteger();

  private final SequencedMap<Resource, LiveEvent> waiting = new LinkedHashMap<>();
  private boolean held;
  private boolean reset;
  private boolean beat;
  private @Nullable Long settled;
  private long offered;
  private long sent;

  /**
   * Opens a stream, which stays closed to events until {@link #begin}.
   *
   * @param most how many resources may wait for the client
   */
  Watcher(Set<Topic> topics, int most, FluxSink<ServerSentEvent<String>> sink) {
    this.topics = Set.copyOf(topics);
    this.most = most;
    this.sink = sink;
    this.held = true;
    sink.onRequest(_ -> drain());
  }

  Set<Topic> topics() {
    return topics;
  }

  /** Adds what resources are now, in the order of the changes. */
  void offer(Collection<LiveEvent> events) {
    synchronized (this) {
      events.forEach(this::keep);
      limit();
    }
    drain();
  }

  /**
   * Lets events through: first what the client had missed, then what was offered meanwhile.
   *
   * @param cursor the last change that was told to those who watched before
   */
  void begin(Collection<LiveEvent> missed, long cursor) {
    synchronized (this) {
      List<LiveEvent> since = new ArrayList<>(waiting.values());
      waiting.clear();
      missed.forEach(this::keep);
      since.forEach(this::keep);
      limit();
      settled = cursor == LiveHub.UNKNOWN ? null : cursor;
      beat = true;
      held = false;
    }
    drain();
  }

  /** Lets events through after telling the client to read anew. */
  void beginWithReset(long cursor) {
    synchronized (this) {
      reset = true;
      offered = Math.max(offered, cursor);
      held = false;
    }
    drain();
  }

  /** Gives up what waits and tells the client to read anew. */
  void reset(long cursor) {
    synchronized (this) {
      waiting.clear();
      reset = true;
      offered = Math.max(offered, cursor);
    }
    drain();
  }

  /**
   * Shows the client that the stream is alive.
   *
   * @param cursor the change up to which everything was offered; null while that is not known
   */
  void beat(@Nullable Long cursor) {
    synchronized (this) {
      beat = true;
      settled = cursor;
    }
    drain();
  }

  private void keep(LiveEvent event) {
    LiveEvent known = waiting.get(event.resource());
    if (topics.contains(event.resource().topic()) && (known == null || known.id() <= event.id())) {
      waiting.remove(event.resource());
      waiting.put(event.resource(), event);
      offered = Math.max(offered, event.cursor());
    }
  }

  private void limit() {
    if (waiting.size() > most) {
      waiting.clear();
      reset = true;
    }
  }

  private void drain() {
    if (draining.getAndIncrement() != 0) {
      return;
    }
    int rounds = 1;
    do {
      while (sink.requestedFromDownstream() > 0 && !sink.isCancelled()) {
        ServerSentEvent<String> next = next();
        if (next == null) {
          break;
        }
        sink.next(next);
      }
      rounds = draining.addAndGet(-rounds);
    } while (rounds != 0);
  }

  private synchronized @Nullable ServerSentEvent<String> next() {
    if (!held && reset) {
      reset = false;
      sent = Math.max(sent, offered);
      return event(RESET, NO_DATA);
    }
    if (!held && !waiting.isEmpty()) {
      return event(waiting.pollFirstEntry().getValue());
    }
    if (beat) {
      beat = false;
      return heartbeat();
    }
    return null;
  }

  private ServerSentEvent<String> event(LiveEvent event) {
    sent = Math.max(sent, event.cursor());
    return event(event.resource().topic().wireName(), event.data());
  }

  private ServerSentEvent<String> event(String name, String data) {
    return ServerSentEvent.builder(data).event(name).id(Long.toString(sent)).build();
  }

  /** A comment; with the cursor where nothing waits, so that a quiet client can resume, too. */
  private ServerSentEvent<String> heartbeat() {
    ServerSentEvent.Builder<String> comment = ServerSentEvent.<String>builder().comment("");
    if (!held && settled != null) {
      sent = Math.max(sent, settled);
      comment.id(Long.toString(sent));
    }
    return comment.build();
  }
}
