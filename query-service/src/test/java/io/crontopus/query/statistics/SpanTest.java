package io.crontopus.query.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.web.Problem;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Spans of whole hours, and the full days in them. */
class SpanTest {

  private static final Instant NOW = Instant.parse("2026-03-05T10:20:30Z");

  @Test
  void coversTheLastDayUnlessToldOtherwise() {
    Span span = Span.of(null, null, NOW);

    assertThat(span.from()).isEqualTo("2026-03-04T11:00:00Z");
    assertThat(span.to()).isEqualTo("2026-03-05T11:00:00Z");
  }

  @Test
  void movesItsEndsOutwardsToTheFullHour() {
    Span span = Span.of("2026-03-01T00:30:00Z", "2026-03-04T12:00:00Z", NOW);

    assertThat(span.from()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(span.to()).isEqualTo("2026-03-04T12:00:00Z");
    assertThat(span.firstDay()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(span.lastDay()).isEqualTo("2026-03-04T00:00:00Z");
  }

  @Test
  void hasNoFullDayWhenItIsShort() {
    Span span = Span.of("2026-03-03T10:00:00Z", "2026-03-04T09:00:00Z", NOW);

    assertThat(span.firstDay()).isEqualTo(span.to());
    assertThat(span.lastDay()).isBefore(span.firstDay());
  }

  @Test
  void isNeitherEmptyNorEndless() {
    assertThatThrownBy(() -> Span.of("2026-03-05T12:00:00Z", null, NOW))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> Span.of("0001-01-01T00:00:00Z", null, NOW))
        .isInstanceOf(Problem.class);
  }
}
