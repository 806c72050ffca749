package io.crontopus.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.command.run.CheckInController.Batch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What is read quickly is what binding reads; what binding refuses is never read quickly. */
class CheckInJsonTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private static final String FULL =
      """
      {"job_name": "backup", "namespace": "default", "endpoint_id": "e", "status": "failure", "run_id": "r1",
       "exit_code": 3, "started_at": "2026-05-01T12:00:00.123Z", "finished_at": "2026-05-01T12:00:05Z",
       "duration": 5.25, "output": "no space\\n\\u00e4\\ud83d\\ude00", "output_truncated": true,
       "error_message": null, "commit": "abcdef1", "unknown": {"deep": [1, {"x": null}]}}
      """;

  @Test
  void aFullCheckInIsReadQuickly() {
    CheckInRequest request = CheckInJson.single(JSON).read(bytes(FULL));
    assertThat(request).isNotNull().isEqualTo(JSON.readValue(FULL, CheckInRequest.class));
  }

  @Test
  void aBatchIsReadQuickly() {
    String body =
        "{\"checkins\": [" + FULL + ", {\"job_name\": \"b\", \"exit_code\": 0}], \"x\": []}";
    Batch batch = CheckInJson.batch(JSON).read(bytes(body));
    assertThat(batch).isNotNull().isEqualTo(JSON.readValue(body, Batch.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"job_name\": \"a\", \"job_name\": \"b\"}",
        "{\"duration\": 5}",
        "{\"duration\": 1e300}",
        "{\"exit_code\": null, \"started_at\": null, \"duration\": null, \"output_truncated\": null}",
        "{\"started_at\": \"2024-02-29T23:59:59.999999999Z\"}",
        "{\"started_at\": \"1969-12-31T23:59:59.5Z\"}"
      })
  void whatIsPlainIsReadAsBindingReadsIt(String body) {
    assertThat(CheckInJson.single(JSON).read(bytes(body)))
        .isNotNull()
        .isEqualTo(JSON.readValue(body, CheckInRequest.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        "{} {}",
        "{\"job_name\": 7}",
        "{\"job_name\": {}}",
        "{\"job_name\": [\"a\"]}",
        "{\"exit_code\": 3.5}",
        "{\"exit_code\": \"3\"}",
        "{\"exit_code\": 99999999999}",
        "{\"duration\": \"5\"}",
        "{\"output_truncated\": 1}",
        "{\"started_at\": \"yesterday\"}",
        "{\"started_at\": 1777636800}",
        "{\"started_at\": \"2026-05-01T12:00:00+02:00\"}",
        "{\"started_at\": \"2026-02-30T12:00:00Z\"}",
        "{\"started_at\": \"2026-05-01T24:00:00Z\"}",
        "{\"started_at\": \"2026-05-01T12:00:00.Z\"}",
        "{\"started_at\": \"2026-05-01T12:00:00.1234567890Z\"}",
        "{\"started_at\": \"2026-05-01T1x:00:00Z\"}",
        "{\"job_name\": \"a\""
      })
  void whatIsNotPlainIsLeftToBinding(String body) {
    assertThat(CheckInJson.single(JSON).read(bytes(body))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"checkins\": {}}",
        "{\"checkins\": [null]}",
        "{\"checkins\": [7]}",
        "{\"checkins\": [{]}",
        "{\"checkins\": [{}",
        "{\"checkins\": [{\"exit_code\": \"three\"}]}",
        "[]"
      })
  void aBatchThatIsNotPlainIsLeftToBinding(String body) {
    assertThat(CheckInJson.batch(JSON).read(bytes(body))).isNull();
  }

  @Test
  void aBatchWithoutCheckInsHasNone() {
    assertThat(CheckInJson.batch(JSON).read(bytes("{}"))).isEqualTo(new Batch(null));
    assertThat(CheckInJson.batch(JSON).read(bytes("{\"checkins\": []}")))
        .isEqualTo(new Batch(List.of()));
  }

  @Test
  void timesAreReadWithAllTheirDigits() {
    for (String time :
        List.of("2026-05-01T12:00:00Z", "2026-05-01T12:00:00.000000001Z", "0000-01-01T00:00:00Z")) {
      assertThat(Times.instant(time)).isEqualTo(Instant.parse(time));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
