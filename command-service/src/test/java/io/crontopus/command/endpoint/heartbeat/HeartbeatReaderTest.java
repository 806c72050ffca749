package io.crontopus.command.endpoint.heartbeat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.command.endpoint.heartbeat.SignOfLife.Said;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatReaderTest {

  private static final UUID ENDPOINT = UUID.randomUUID();
  private final HeartbeatReader reader = new HeartbeatReader("acme", ENDPOINT);

  @Test
  void aHeartbeatIsReadAndWhatItSaysAgainIsTheSameObject() throws Exception {
    String line =
        """
        {"sent_at": "2026-05-01T12:00:00.123Z", "version": "1.2", "scheduler": "cron", "scheduler_alive": true,
         "applied_commit": "c0ffee", "spool_depth": 7, "later": {"more": [1, 2]}}\
        """;
    SignOfLife first = read(line);
    assertThat(first)
        .isEqualTo(
            new SignOfLife(
                "acme",
                ENDPOINT,
                Instant.parse("2026-05-01T12:00:00.123Z").toEpochMilli(),
                99,
                new Said("1.2", "cron", true, "c0ffee"),
                7L));
    assertThat(read(line).said()).isSameAs(first.said());
    assertThat(read("{\"version\": null}"))
        .isEqualTo(new SignOfLife("acme", ENDPOINT, 99, 99, Said.NOTHING, null));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-01T12:00:00Z, 2026-05-01T12:00:00Z",
    "2026-05-01T12:00:00.5Z, 2026-05-01T12:00:00.500Z",
    "2024-02-29T23:59:59.999Z, 2024-02-29T23:59:59.999Z",
    "2026-12-31T23:59:59Z, 2026-12-31T23:59:59Z",
    "2026-05-01T12:00:00.123456789Z, 2026-05-01T12:00:00.123Z",
    "2026-05-01T14:00:00.123+02:00, 2026-05-01T12:00:00.123Z",
  })
  void timesAreThoseOfRfc3339(String sent, Instant expected) throws Exception {
    assertThat(read("{\"sent_at\": \"" + sent + "\"}").sentAt()).isEqualTo(expected.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{}{}",
        "nonsense",
        "\"text\"",
        "{\"sent_at\": 5}",
        "{\"sent_at\": \"yesterday\"}",
        "{\"sent_at\": \"2026-02-29T12:00:00Z\"}",
        "{\"sent_at\": \"2026-13-01T12:00:00Z\"}",
        "{\"sent_at\": \"2026-01-01T24:00:00Z\"}",
        "{\"sent_at\": \"1969-12-31T23:59:59Z\"}",
        "{\"sent_at\": \"2200-01-01T00:00:00Z\"}",
        "{\"sent_at\": \"+100000000-01-01T00:00:00Z\"}",
        "{\"sent_at\": \"+999999999-12-31T23:59:59Z\"}",
        "{\"version\": 1}",
        "{\"version\": \"a\\u0000b\"}",
        "{\"version\": \"a\\ud800b\"}",
        "{\"version\": \"a\\udfff\"}",
        "{\"scheduler_alive\": \"yes\"}",
        "{\"spool_depth\": -1}",
        "{\"spool_depth\": 1.5}",
        "{\"spool_depth\": 99999999999999999999}",
        "{\"version\": \"\\ud800"
      })
  void whatIsNoHeartbeatIsRefused(String line) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(BadHeartbeat.class);
  }

  private SignOfLife read(String line) throws BadHeartbeat {
    byte[] bytes = ("##" + line + "##").getBytes(UTF_8);
    return reader.read(bytes, 2, bytes.length - 4, 99);
  }
}
