package io.crontopus.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.query.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked, the answer is a problem document with the parameter's name, never a 500. */
class BadRequestsIT {

  private static final List<String> LISTS =
      List.of(
          "/api/runs",
          "/api/endpoints",
          "/api/jobs",
          "/api/commits",
          "/api/jobs/default/x/runs",
          "/api/jobs/default/x/endpoints",
          "/api/endpoints/e1/jobs");

  private static final List<String> PAST =
      List.of(
          "/api/endpoints",
          "/api/endpoints/e1",
          "/api/endpoints/e1/jobs",
          "/api/jobs",
          "/api/jobs/default/x",
          "/api/jobs/default/x/endpoints");

  private final Api api = Api.of(Platform.get().token(tenant()));

  private static String tenant() {
    String tenant = Platform.get().newTenant();
    Tables tables = new Tables(tenant);
    tables.endpoint("e1", "web", "h", "linux");
    tables.job("j1", "default", "x", "{}", true, false);
    return tenant;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "x", "1.5", "99999999999999999999", "\0", "１"})
  void limits(String limit) {
    LISTS.forEach(list -> assertInvalid(api.get(list, "limit", limit), "limit"));
  }

  @Test
  void limitsInRange() {
    LISTS.forEach(
        list -> {
          assertThat(api.get(list, "limit", "1").status()).isEqualTo(200);
          assertThat(api.get(list, "limit", "1000").status()).isEqualTo(200);
          assertThat(api.get(list, "limit", "").status()).isEqualTo(200);
        });
  }

  @Test
  void cursors() {
    for (String list : LISTS) {
      for (String keys :
          List.of(
              "x",
              "\0",
              "a\nb\nc\nd",
              "%zz",
              "%00\n%00",
              "%00\n%00\n%00",
              "%00",
              "99999999999999999999")) {
        String cursor =
            Base64.getUrlEncoder().encodeToString(keys.getBytes(StandardCharsets.UTF_8));
        int status = api.get(list, "cursor", cursor).status();
        assertThat(status).as("%s %s", list, keys).isIn(200, 400);
      }
      assertInvalid(api.get(list, "cursor", "!"), "cursor");
      assertThat(api.get(list, "cursor", "a".repeat(2_000)).status()).isIn(200, 400);
    }
    assertInvalid(
        api.get("/api/runs", "cursor", encoded("+999999999-12-31T23:59:59Z\nx")), "cursor");
    assertInvalid(api.get("/api/runs", "cursor", encoded("not a time\nx")), "cursor");
    assertInvalid(api.get("/api/commits", "cursor", encoded("not a number")), "cursor");
  }

  @Test
  void escapesThatAreNone() {
    assertThat(api.rawGet("/api/runs?job=%zz")).isEqualTo(400);
    assertThat(api.rawGet("/api/runs/%zz")).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-13-01T00:00:00Z",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "+999999999-12-31T23:59:59Z",
        "-0001-01-01T00:00:00Z",
        "1",
        "\0"
      })
  void times(String time) {
    assertInvalid(api.get("/api/runs", "from", time), "from");
    assertInvalid(api.get("/api/runs", "to", time), "to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-01-01", "9999-12-31T23:59:59Z", "1", "\0"})
  void momentsThatWereNot(String time) {
    PAST.forEach(path -> assertInvalid(api.get(path, "as_of", time), "as_of"));
  }

  @Test
  void momentsBeforeTheBeginning() {
    for (String time : List.of("0001-01-01T00:00:00Z", "2000-01-01T00:00:00+02:00")) {
      PAST.forEach(path -> assertThat(api.get(path, "as_of", time).status()).isIn(200, 404));
    }
    assertThat(api.get("/api/jobs", "as_of", "").status()).isEqualTo(200);
  }

  @Test
  void cursorsOfAnotherMoment() {
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[] {'a'});
    String list = "/api/jobs/default/x/endpoints";
    String then = "2026-01-01T00:00:00Z";
    for (String moment :
        List.of(".", ".x", ".1", ".1-", ".1-x", ".-1", ".99999999999999999999-1", ".1.1-1")) {
      assertInvalid(api.get(list, "cursor", key + moment), "cursor");
      assertInvalid(api.get(list, "cursor", key + moment, "as_of", then), "cursor");
    }
    assertInvalid(api.get(list, "cursor", key + ".1-1", "as_of", then), "cursor");
    assertInvalid(api.get(list, "cursor", key, "as_of", then), "cursor");
    assertThat(api.get(list, "cursor", key + ".1-1").status()).isEqualTo(404);
    assertInvalid(api.get("/api/commits", "cursor", key + ".1-1"), "cursor");
  }

  @Test
  void timesFarAway() {
    assertThat(
            api.get("/api/runs", "from", "0001-01-01T00:00:00Z", "to", "9999-12-31T23:59:59Z")
                .status())
        .isEqualTo(200);
  }

  @Test
  void unknownStatuses() {
    assertInvalid(api.get("/api/runs", "status", "exploded"), "status");
    assertInvalid(api.get("/api/endpoints", "status", "asleep"), "status");
    assertInvalid(api.get("/api/jobs", "status", "late-ish"), "status");
    assertInvalid(api.get("/api/stream", "topics", "weather"), "topics");
    assertInvalid(api.get("/api/runs", "include", "secrets"), "include");
  }

  @Test
  void textsThatNoRowCanHave() {
    assertInvalid(api.get("/api/runs", "job", "a\0b"), "job");
    assertInvalid(api.get("/api/runs", "namespace", "\0"), "namespace");
    assertInvalid(api.get("/api/runs", "endpoint_id", "\0"), "endpoint_id");
    assertInvalid(api.get("/api/endpoints", "q", "\0"), "q");
    assertInvalid(api.get("/api/endpoints", "platform", "\0"), "platform");
    assertInvalid(api.get("/api/jobs", "q", "x".repeat(1_001)), "q");
    assertInvalid(api.get("/api/jobs", "label", "\0=\0"), "label");
    assertThat(api.get("/api/jobs", "label", "a=\ud83d\ude00\"}{").status()).isEqualTo(200);
    assertThat(api.get("/api/jobs", "q", "'; DROP TABLE run; --").status()).isEqualTo(200);
  }

  @Test
  void namesThatNothingCanHave() {
    assertThat(api.get("/api/runs/%00").status()).isEqualTo(404);
    assertThat(api.get("/api/endpoints/%00").status()).isEqualTo(404);
    assertThat(api.get("/api/endpoints/%00/jobs").status()).isEqualTo(404);
    assertThat(api.get("/api/jobs/%00/%00").status()).isEqualTo(404);
    assertThat(api.get("/api/jobs/default/%00/runs").status()).isEqualTo(404);
    assertThat(api.get("/api/runs/" + "x".repeat(2_000)).status()).isEqualTo(404);
    assertThat(api.get("/api/runs/%ff%fe").status()).isEqualTo(404);
  }

  private static String encoded(String keys) {
    return Base64.getUrlEncoder().encodeToString(keys.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertInvalid(Answer answer, String parameter) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.texts("errors", "pointer")).containsExactly(parameter);
  }
}
