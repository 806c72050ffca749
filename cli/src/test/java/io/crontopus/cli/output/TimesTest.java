package io.crontopus.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, just now",
    "2026-03-01T11:59:30Z, 30 s ago",
    "2026-03-01T11:57:01Z, 2 min ago",
    "2026-03-01T12:03:00Z, in 3 min",
    "2026-02-28T11:00:00Z, 25 h ago",
    "2026-02-26T11:00:00Z, 3 days ago",
    "2025-01-31T11:00:00Z, 2025-01-31",
    "9999-01-31T11:00:00Z, 9999-01-31"
  })
  void howLongAgo(Instant time, String expected) {
    assertThat(Times.relative(time, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "0.004, 0 s",
    "0.42, 0.42 s",
    "1.250, 1.25 s",
    "12.34, 12.3 s",
    "59.94, 59.9 s",
    "60, 1 min",
    "75.9, 1 min 15 s",
    "3600, 1 h",
    "7380, 2 h 3 min",
    "349200, 4 d 1 h",
    "1e30, 106751991167300 d 15 h"
  })
  void howLong(BigDecimal seconds, String expected) {
    assertThat(Times.duration(seconds)).isEqualTo(expected);
  }
}
