package io.crontopus.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00.123456Z"), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "now, 2026-03-01T12:00:00.123Z",
    "2h, 2026-03-01T10:00:00.123Z",
    "1d12h, 2026-02-28T00:00:00.123Z",
    "2026-01-31, 2026-01-30T23:00:00Z",
    "2026-01-31T14:00, 2026-01-31T13:00:00Z",
    "2026-01-31 14:00:05, 2026-01-31T13:00:05Z",
    "2026-01-31T14:00:00Z, 2026-01-31T14:00:00Z",
    "2026-01-31T14:00:00.5-05:00, 2026-01-31T19:00:00.500Z"
  })
  void peopleWriteTimesInManyWays(String text, Instant expected) {
    assertThat(new Moment.Converter().convert(text).at(CLOCK)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2", "2h ago", "2026-13-01", "-2h", "2026-01-31T25:00"})
  void whatIsNoTime(String text) {
    assertThatThrownBy(() -> new Moment.Converter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("is not a time such as 2h");
  }
}
