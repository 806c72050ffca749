package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.ApiClient;
import io.crontopus.standalone.harness.ApiClient.Answer;
import io.crontopus.standalone.harness.PlatformProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bad input gets a problem document that says what is wrong: never a 500, never a stack trace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

  private static final String JSON = "application/json";
  private static final int FIVE_MEGABYTES = 5 * 1024 * 1024;

  private final PlatformProcess platform;
  private final ApiClient api;

  BadInputIT(@TempDir Path data) {
    platform = PlatformProcess.start(data.resolve("data"));
    api = platform.api();
  }

  @BeforeAll
  void isUp() {
    assertThat(api.get("/health").status()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  /** Bodies that are no JSON, or not of the shape that is asked for. */
  static Stream<String> brokenBodies() {
    return Stream.of(
        "",
        "{",
        "{\"job_name\": ",
        "nonsense",
        "[]",
        "null",
        "42",
        "\"text\"",
        "{\"job_name\": {}}",
        "{\"job_name\": [\"a\"], \"exit_code\": 0}",
        "{\"job_name\": \"a\", \"exit_code\": \"zero\"}",
        "{\"job_name\": \"a\", \"exit_code\": 1e99}",
        "{\"job_name\": \"a\", \"exit_code\": 0, \"started_at\": \"yesterday\"}",
        "{\"job_name\": \"a\", \"exit_code\": 0, \"duration\": \"long\"}",
        "{\"job_name\": \"a\", \"exit_code\": 0, \"output\": {\"deep\": [1]}}",
        "{\"a\":".repeat(5000) + "1" + "}".repeat(5000));
  }

  @ParameterizedTest
  @MethodSource("brokenBodies")
  void brokenBodiesAreRefused(String body) {
    for (String path :
        List.of(
            "/api/checkins",
            "/api/checkins/batch",
            "/api/tokens",
            "/api/enrollment-tokens",
            "/api/auth/register",
            "/api/auth/refresh")) {
      isProblem(
          api.post(path, JSON, body.getBytes(StandardCharsets.UTF_8)),
          400,
          path + " " + head(body));
    }
  }

  /** Check-ins with one field that cannot be. */
  static Stream<Map<String, Object>> impossibleCheckIns() {
    return Stream.of(
        Map.of("exit_code", 256),
        Map.of("exit_code", -1),
        Map.of("status", "finished"),
        Map.of("job_name", ""),
        Map.of("job_name", "UPPER"),
        Map.of("job_name", "a\u0000b"),
        Map.of("job_name", "x".repeat(64)),
        Map.of("namespace", "../etc"),
        Map.of("run_id", "a b"),
        Map.of("run_id", "x".repeat(65)),
        Map.of("run_id", "\u202e"),
        Map.of("endpoint_id", "not-an-id"),
        Map.of("duration", -1),
        Map.of("started_at", "-999999999-01-01T00:00:00Z"),
        Map.of("finished_at", "9999-12-31T23:59:59Z"),
        Map.of("commit", "z"));
  }

  @ParameterizedTest
  @MethodSource("impossibleCheckIns")
  void impossibleFieldsArePointedAt(Map<String, Object> wrong) {
    Map<String, Object> checkIn = new HashMap<>(Map.of("job_name", "a", "exit_code", 0));
    checkIn.putAll(wrong);
    Answer answer = api.post("/api/checkins", checkIn);
    isProblem(answer, 400, wrong.toString());
    assertThat(answer.json().path("errors").path(0).path("pointer").asString())
        .as(answer.body())
        .isEqualTo("/" + wrong.keySet().iterator().next());
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    Answer answer =
        api.post("/api/checkins", Map.of("job_name", "UPPER", "exit_code", 999, "run_id", " "));
    isProblem(answer, 400, "three faults");
    assertThat(answer.json().path("errors").size()).isEqualTo(3);
  }

  @Test
  void aBodyOfFiveMegabytesIsTooLarge() {
    byte[] output = new byte[FIVE_MEGABYTES];
    Arrays.fill(output, (byte) 'x');
    Map<String, Object> checkIn =
        Map.of(
            "job_name",
            "a",
            "exit_code",
            0,
            "output",
            new String(output, StandardCharsets.US_ASCII));
    isProblem(api.post("/api/checkins", checkIn), 413, "5 MB");
  }

  @Test
  void strangeOutputIsTakenAndReadable() {
    String strange =
        "tab\t bell\u0007 null\u0000 escape\u001b[31m lone\ud800 rtl\u202e \u2028 \ud83d\udc19";
    Map<String, Object> checkIn =
        new LinkedHashMap<>(Map.of("job_name", "strange", "exit_code", 0));
    checkIn.put("run_id", "strange-1");
    checkIn.put("output", strange);
    Answer answer = api.post("/api/checkins", checkIn);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    await()
        .untilAsserted(
            () ->
                assertThat(api.get("/api/runs/strange-1").json().path("output").asString())
                    .contains("\ud83d\udc19"));
  }

  @Test
  void invalidUtf8IsNoServerError() {
    byte[] before =
        "{\"job_name\":\"utf\",\"exit_code\":0,\"output\":\"a".getBytes(StandardCharsets.UTF_8);
    byte[] invalid = {(byte) 0xff, (byte) 0xfe, (byte) 0xc3, (byte) 0x28};
    byte[] after = "b\"}".getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[before.length + invalid.length + after.length];
    System.arraycopy(before, 0, body, 0, before.length);
    System.arraycopy(invalid, 0, body, before.length, invalid.length);
    System.arraycopy(after, 0, body, before.length + invalid.length, after.length);
    Answer answer = api.post("/api/checkins", JSON, body);
    assertThat(answer.status()).as(answer.body()).isIn(200, 201, 400);
    if (answer.status() == 400) {
      isProblem(answer, 400, "invalid UTF-8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "2016-12-31T23:59:60Z"})
  void farTimesAreNoServerError(String time) {
    Answer answer =
        api.post(
            "/api/checkins",
            Map.of("job_name", "far", "exit_code", 0, "started_at", time, "finished_at", time));
    assertThat(answer.status()).as(answer.body()).isIn(200, 201, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "ctp_",
        "ctp_0000000000000000000000000000000000000000000000000",
        "ep_1",
        "cte_1",
        "a.b.c",
        "eyJhbGciOiJub25lIn0.e30."
      })
  void badTokensAreRefused(String token) {
    for (String path :
        List.of(
            "/api/runs",
            "/api/jobs",
            "/api/endpoints",
            "/api/tokens",
            "/api/commits",
            "/api/stream?topics=runs",
            "/api/auth/me")) {
      isProblem(api.as(token).get(path), 401, path + " with " + token);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runs?limit=0",
        "/api/runs?limit=1001",
        "/api/runs?limit=many",
        "/api/runs?cursor=nonsense",
        "/api/runs?from=yesterday",
        "/api/runs?status=odd",
        "/api/endpoints?status=odd",
        "/api/endpoints?cursor=%00",
        "/api/jobs?cursor=AAAA",
        "/api/jobs?label=novalue",
        "/api/commits?limit=-1",
        "/api/stream?topics=secrets"
      })
  void badParametersAreRefused(String path) {
    isProblem(api.get(path), 400, path);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String path :
        List.of(
            "/api/runs/none",
            "/api/jobs/default/none",
            "/api/endpoints/" + UUID.randomUUID(),
            "/api/endpoints/none",
            "/api/nothing",
            "/api/runs/%00",
            "/api/jobs/%2e%2e/%2e%2e")) {
      Answer answer = api.get(path);
      assertThat(answer.status()).as(path + ": " + answer.body()).isIn(400, 404);
      isProblem(answer, answer.status(), path);
    }
  }

  @Test
  void anotherTenantsThingsAreNotThere() {
    api.post("/api/checkins", Map.of("job_name", "mine", "exit_code", 0, "run_id", "mine-1"));
    await().until(() -> api.get("/api/runs/mine-1").status() == 200);
    String enrollment =
        api.post("/api/enrollment-tokens", Map.of("name", "x")).json().path("token").asString();
    String endpoint =
        api.as(enrollment)
            .post(
                "/api/endpoints/enroll",
                Map.of(
                    "name",
                    "m",
                    "hostname",
                    "m",
                    "machine_id",
                    "m-1",
                    "platform",
                    "linux",
                    "version",
                    "1"))
            .json()
            .path("endpoint_id")
            .asString();
    await().until(() -> api.get("/api/endpoints/" + endpoint).status() == 200);

    ApiClient stranger = stranger();

    isProblem(stranger.get("/api/runs/mine-1"), 404, "a run");
    isProblem(stranger.get("/api/endpoints/" + endpoint), 404, "an endpoint");
    isProblem(stranger.delete("/api/endpoints/" + endpoint), 404, "an endpoint");
    isProblem(stranger.get("/api/endpoints/" + endpoint + "/jobs"), 404, "its jobs");
    assertThat(stranger.get("/api/runs").json().path("runs").size()).isZero();
    assertThat(stranger.get("/api/endpoints").json().path("endpoints").size()).isZero();
    assertThat(api.get("/api/endpoints/" + endpoint).json().path("status").asString())
        .isNotEqualTo("revoked");
  }

  @Test
  void anUnknownFieldOfAManifestGetsTheNearestName() {
    String manifest =
        "apiVersion: v1\nkind: Job\nmetadata: {name: a}\nspec: {schedul: '* * * * *', command: x}\n";
    Answer answer =
        api.post(
            "/api/manifests/validate?path=default/a.yaml",
            "application/yaml",
            manifest.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode error = answer.json().path("errors").path(0);
    assertThat(answer.json().path("valid").asBoolean()).isFalse();
    assertThat(answer.body()).contains("schedule");
    assertThat(error.path("line").asInt()).isEqualTo(4);
    assertThat(error.path("column").asInt()).isPositive();
  }

  private ApiClient stranger() {
    ApiClient nobody = api.as("");
    String name = "stranger-" + UUID.randomUUID().toString().substring(0, 8);
    Answer registered =
        nobody.post(
            "/api/auth/register",
            Map.of(
                "username",
                name,
                "email",
                name + "@crontopus.invalid",
                "password",
                "a long password"));
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    byte[] form =
        ("username=" + name + "&password=a+long+password").getBytes(StandardCharsets.US_ASCII);
    Answer session = nobody.post("/api/auth/login", "application/x-www-form-urlencoded", form);
    return nobody.as(session.json().path("access_token").asString());
  }

  private static void isProblem(Answer answer, int status, String what) {
    assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(status);
    assertThat(answer.type()).as(what).startsWith("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.path("type").asString())
        .as(what)
        .startsWith("https://crontopus.io/problems/");
    assertThat(problem.path("status").asInt()).as(what).isEqualTo(status);
    assertThat(problem.path("title").asString()).as(what).isNotEmpty();
    assertThat(answer.body())
        .as(what)
        .doesNotContain("Exception")
        .doesNotContain("org.springframework");
  }

  private static String head(String body) {
    return body.length() > 60 ? body.substring(0, 60) + "…" : body;
  }
}
