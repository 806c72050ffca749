package io.crontopus.query.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Follows the feed of changes, once for all who watch on this node. */
public final class ChangeTail implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChangeTail.class);

  /** How long what changed may wait to be noticed, on top of the reading of it. */
  private static final Duration WATCHED = Duration.ofMillis(40);

  /** Nobody waits; who comes to watch ends it. */
  private static final Duration UNWATCHED = Duration.ofSeconds(1);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** After so long without an answer, entries may be gone that were never read. */
  private static final Duration LOST_AFTER = Duration.ofMinutes(30);

  private static final int MOST = 10_000;

  /** The position in a feed without entries. */
  private static final long EMPTY = 0;

  private static final long NONE_SKIPPED = 0;

  private final ChangeFeed feed;
  private final LiveHub hub;
  private final Clock clock;
  private final FeedGaps gaps = new FeedGaps();
  private long position = LiveHub.UNKNOWN;
  private Instant lastAnswer;
  private boolean failing;
  private @Nullable Disposable following;

  public ChangeTail(ChangeFeed feed, LiveHub hub, Clock clock) {
    this.feed = feed;
    this.hub = hub;
    this.clock = clock;
    this.lastAnswer = clock.instant();
  }

  /** Begins to follow. A database that is not there yet is waited for. */
  public void start() {
    following =
        Mono.defer(this::step)
            .onErrorResume(this::failed)
            .flatMap(this::pause)
            .repeat()
            .subscribe(_ -> {}, e -> log.error("live updates have stopped", e));
  }

  @Override
  public void close() {
    if (following != null) {
      following.dispose();
    }
  }

  private Mono<Void> pause(Duration time) {
    Mono<Void> over = Mono.delay(time).then();
    return time.equals(UNWATCHED) ? over.or(hub.firstWatcher()) : over;
  }

  /** Reads what is new; the answer is how long to wait before the next time. */
  private Mono<Duration> step() {
    if (position == LiveHub.UNKNOWN) {
      return feed.start().map(this::begin);
    }
    return feed.after(position, gaps.waiting(), MOST)
        .flatMap(
            look ->
                skips(look.entries())
                    ? feed.nextTransaction().map(next -> take(look, next))
                    : Mono.fromSupplier(() -> take(look, NONE_SKIPPED)));
  }

  private Duration begin(long id) {
    position = id;
    hub.reached(id);
    return Duration.ZERO;
  }

  /** Whether ids are missing before one of these. */
  private boolean skips(List<ChangeFeed.Entry> entries) {
    long last = position;
    for (ChangeFeed.Entry entry : entries) {
      if (entry.id() > last + 1) {
        return true;
      }
      last = Math.max(last, entry.id());
    }
    return false;
  }

  /**
   * Tells what was seen.
   *
   * @param nextTransaction a transaction that began after the look
   */
  private Duration take(ChangeFeed.Look look, long nextTransaction) {
    answered();
    List<ChangeFeed.Entry> entries = look.entries();
    boolean complete = true;
    for (ChangeFeed.Entry entry : entries) {
      if (entry.id() > position) {
        // The first entry of a feed that was empty can have any number.
        complete &= gaps.skipped(position, entry.id(), nextTransaction) || position == EMPTY;
        position = entry.id();
      } else {
        gaps.found(entry.id());
      }
    }
    gaps.settle(look.oldestRunning());
    long settled = gaps.settled(position);
    for (int i = 0; i < entries.size(); i++) {
      // Whatever lies before the next entry was told before, or is not to come any more.
      long next = i + 1 < entries.size() ? entries.get(i + 1).id() : Long.MAX_VALUE;
      long cursor = Math.min(settled, next - 1);
      entries.get(i).change().ifPresent(change -> hub.changed(seenNow(change), cursor));
    }
    hub.reached(settled);
    if (!complete) {
      hub.resetAll();
    }
    if (entries.size() >= MOST) {
      return Duration.ZERO;
    }
    return hub.isWatched() ? WATCHED : UNWATCHED;
  }

  /** What is read from now on is as new as all that was seen, even of a change that came late. */
  private Change seenNow(Change change) {
    return new Change(position, change.tenantId(), change.resource());
  }

  private void answered() {
    Instant now = clock.instant();
    if (lastAnswer.plus(LOST_AFTER).isBefore(now)) {
      hub.resetAll();
    }
    lastAnswer = now;
    if (failing) {
      failing = false;
      log.info("live updates go on");
    }
  }

  private Mono<Duration> failed(Throwable error) {
    if (!failing) {
      failing = true;
      log.warn("live updates wait, the feed of changes cannot be read: {}", error.getMessage());
    }
    return Mono.just(AFTER_FAILURE);
  }
}
