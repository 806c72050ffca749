package io.crontopus.cli.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads events from lines, as the HTML standard's <i>event stream interpretation</i> says. */
final class EventParser {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

  private final StringBuilder data = new StringBuilder();
  private String topic = "";
  private String id = "";
  private Optional<Duration> retry = Optional.empty();

  /** Takes a line without its end; an empty one completes an event. */
  Optional<Event> line(String line) {
    if (line.isEmpty()) {
      return complete();
    }
    int colon = line.indexOf(':');
    if (colon == 0) {
      return Optional.empty();
    }
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    take(field, value.startsWith(" ") ? value.substring(1) : value);
    return Optional.empty();
  }

  private void take(String field, String value) {
    switch (field) {
      case "event" -> topic = value;
      case "data" -> data.append(value).append('\n');
      case "id" -> id = value.indexOf('\0') < 0 ? value : id;
      case "retry" -> {
        if (DIGITS.matcher(value).matches()) {
          retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
        }
      }
      default -> {
        // Fields that the standard does not know are ignored.
      }
    }
  }

  private Optional<Event> complete() {
    if (data.isEmpty()) {
      topic = "";
      return Optional.empty();
    }
    data.setLength(data.length() - 1);
    var event = new Event(id, topic.isEmpty() ? "message" : topic, data.toString());
    data.setLength(0);
    topic = "";
    return Optional.of(event);
  }

  /** How long the server wants clients to wait before they come back, if it said so. */
  Optional<Duration> retry() {
    return retry;
  }
}
