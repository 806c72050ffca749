package io.crontopus.command.endpoint.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00.000Z",
        "1969-12-31T23:59:59.999Z",
        "2024-02-29T23:59:59.999Z",
        "2026-05-01T12:34:56.007Z",
        "2026-12-31T01:02:03.450Z",
        "9999-12-31T23:59:59.999Z",
      })
  void whatIsFormattedIsReadAgain(String text) {
    long millis = Instant.parse(text).toEpochMilli();
    assertThat(UtcTime.format(millis)).isEqualTo(text);
    assertThat(UtcTime.parse(text.toCharArray(), 0, text.length())).isEqualTo(millis);
  }
}
