package io.crontopus.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventParserTest {
  private final EventParser parser = new EventParser();

  private List<Event> events(String... lines) {
    var events = new ArrayList<Event>();
    for (String line : lines) {
      parser.line(line).ifPresent(events::add);
    }
    return events;
  }

  @Test
  void anEventEndsAtAnEmptyLine() {
    assertThat(events("id: 7", "event: runs", "data: {}", ""))
        .containsExactly(new Event("7", "runs", "{}"));
  }

  @Test
  void dataOfSeveralLinesKeepsItsLineEnds() {
    assertThat(events("data: a", "data:b", "data", ""))
        .containsExactly(new Event("", "message", "a\nb\n"));
  }

  @Test
  void commentsAndUnknownFieldsAreIgnored() {
    assertThat(events(": keep-alive", "colour: red", "data: x", ""))
        .containsExactly(new Event("", "message", "x"));
  }

  @Test
  void theIdStaysUntilAnotherComes() {
    assertThat(events("id: 1", "data: a", "", "data: b", ""))
        .extracting(Event::id)
        .containsExactly("1", "1");
  }

  @Test
  void anEventWithoutDataIsNone() {
    assertThat(events("event: runs", "", "data: x", ""))
        .containsExactly(new Event("", "message", "x"));
  }

  @Test
  void theServerSaysHowLongToWait() {
    assertThat(events("retry: soon", "retry: 250")).isEmpty();
    assertThat(parser.retry()).contains(Duration.ofMillis(250));
  }
}
