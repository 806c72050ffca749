package io.crontopus.cli.http;

import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Follows a topic for as long as it is wanted: when the connection breaks it comes back, after a
 * growing pause, and asks for what happened in between.
 */
public final class LiveFeed {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final ApiClient api;
  private final String topic;
  private final Consumer<String> notices;
  private String lastId = "";
  private Duration firstPause = FIRST_PAUSE;
  private Duration pause = FIRST_PAUSE;

  /**
   * @param notices told, in a line for a person, when the connection is lost and back
   */
  public LiveFeed(ApiClient api, String topic, Consumer<String> notices) {
    this.api = api;
    this.topic = topic;
    this.notices = notices;
  }

  /**
   * Gives every event to the reader until it answers false. A server that cannot be reached in the
   * first place is a failure; one that goes away later is waited for.
   */
  public void follow(Predicate<Event> reader) throws InterruptedException {
    boolean isWanted = read(connect(), reader);
    while (isWanted) {
      notices.accept("Connection lost; trying again in " + spoken(pause) + ".");
      Thread.sleep(pause);
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      Optional<EventStream> stream = reconnect();
      if (stream.isPresent()) {
        notices.accept("Connected again.");
        isWanted = read(stream.get(), reader);
      }
    }
  }

  private static String spoken(Duration pause) {
    return pause.toMillis() < 1000 ? pause.toMillis() + " ms" : pause.toSeconds() + " s";
  }

  private EventStream connect() {
    return api.events("/stream", Query.NONE.with("topics", topic), lastId);
  }

  private Optional<EventStream> reconnect() {
    try {
      return Optional.of(connect());
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.NOT_AUTHORISED
          || failure.exitCode() == ExitCode.NOT_FOUND) {
        throw failure;
      }
      return Optional.empty();
    }
  }

  /** Reads until the stream ends; tells whether more is wanted. */
  private boolean read(EventStream stream, Predicate<Event> reader) {
    try (stream) {
      for (Optional<Event> next = stream.next(); next.isPresent(); next = stream.next()) {
        stream.retry().ifPresent(this::startPausesWith);
        pause = firstPause;
        if (!accept(next.get(), reader)) {
          return false;
        }
      }
    } catch (IOException e) {
      // The connection broke: to the caller the same as its end.
    }
    return true;
  }

  private void startPausesWith(Duration told) {
    firstPause = shorter(told.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : told, LONGEST_PAUSE);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private boolean accept(Event event, Predicate<Event> reader) {
    if (event.topic().equals("reset")) {
      notices.accept("Some changes were missed; going on from now.");
      lastId = event.id();
      return true;
    }
    lastId = event.id().isEmpty() ? lastId : event.id();
    return !event.topic().equals(topic) || reader.test(event);
  }
}
