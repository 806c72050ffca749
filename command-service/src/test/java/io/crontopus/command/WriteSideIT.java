package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.TestPlatform.Answer;
import io.crontopus.endpoint.EndpointId;
import io.crontopus.run.RunId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The write side over HTTP: what is acknowledged is stored, once, and bad input is told what is
 * wrong with it.
 */
class WriteSideIT {

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static String acme;
  private static TestEndpoints.Endpoint endpoint;

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.start(folder);
    acme = platform.owner("acme");
    endpoint = new TestEndpoints(platform).enroll(acme);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void aCheckInIsDurableBeforeItsAnswerAndKnownTheSecondTime() throws Exception {
    String body =
        "{\"job_name\": \"backup\", \"run_id\": \"once\", \"exit_code\": 3, \"output\": \"no space\"}";
    Answer first = platform.post("/api/checkins", acme, body);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.body().path("status").asString()).isEqualTo("failure");
    assertThat(events("run:acme:once")).containsExactly("run.finished");
    assertThat(platform.post("/api/checkins", acme, body).status()).isEqualTo(200);
    assertThat(events("run:acme:once")).hasSize(1);
  }

  @Test
  void checkInsForOneRunFromManyConnectionsAreSettledByTheKeyOfTheLog() throws Exception {
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String status = i % 2 == 0 ? "running" : "success";
      calls.add(
          () ->
              platform.post(
                  "/api/checkins",
                  acme,
                  "{\"job_name\": \"race\", \"run_id\": \"race\", \"status\": \""
                      + status
                      + "\"}"));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get().status()).isIn(200, 201);
      }
    }
    assertThat(events("run:acme:race"))
        .containsOnlyOnce("run.finished")
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aResultWithoutAnIdClosesTheLatestOpenRun() throws Exception {
    platform.post(
        "/api/checkins",
        acme,
        "{\"job_name\": \"noid\", \"run_id\": \"n1\", \"status\": \"running\"}");
    Answer answer =
        platform.post("/api/checkins", acme, "{\"job_name\": \"noid\", \"status\": \"success\"}");
    assertThat(answer.body().path("run_id").asString()).isEqualTo("n1");
  }

  @Test
  void aBatchHasAResultForEachAndABadOneHurtsNoOther() throws Exception {
    Answer answer =
        platform.post(
            "/api/checkins/batch",
            acme,
            """
            {"checkins": [
              {"job_name": "b", "run_id": "b1", "status": "running"},
              {"job_name": "B!", "run_id": "b2", "status": "success"},
              {"job_name": "b", "run_id": "b1", "status": "success"}]}
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("results").valueStream().map(r -> r.path("code").asInt()))
        .containsExactly(201, 400, 201);
    assertThat(answer.body().at("/results/1/problem/errors/0/pointer").asString())
        .isEqualTo("/job_name");
  }

  @Test
  void anEndpointEnrollsAgainAsItself() throws Exception {
    String enrollment =
        platform
            .post("/api/enrollment-tokens", acme, "{\"name\": \"web\", \"max_uses\": 2}")
            .body()
            .path("token")
            .asString();
    String machine =
        "{\"name\": \"web-1\", \"hostname\": \"web-1\", \"machine_id\": \"m1\", \"platform\": \"linux\", \"version\": \"1\", \"labels\": {}}";
    Answer first = platform.post("/api/endpoints/enroll", enrollment, machine);
    Answer again = platform.post("/api/endpoints/enroll", enrollment, machine);
    Answer tooOften = platform.post("/api/endpoints/enroll", enrollment, machine);
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.body().path("endpoint_id")).isEqualTo(first.body().path("endpoint_id"));
    assertThat(tooOften.status()).isEqualTo(409);
    String id = first.body().path("endpoint_id").asString();
    String token = again.body().path("token").asString();
    assertThat(platform.post("/api/endpoints/" + id + "/heartbeat", token, "{}").status())
        .isEqualTo(200);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        platform
                            .post(
                                "/api/endpoints/" + id + "/heartbeat",
                                first.body().path("token").asString(),
                                "{}")
                            .status())
                    .isEqualTo(401));
    String instances =
        "{\"instances\": [{\"job_id\": \"j\", \"namespace\": \"default\", \"name\": \"b\", \"state\": \"in_sync\", \"schedule\": [\"* * * * *\"]}]}";
    assertThat(
            platform
                .post("/api/endpoints/" + id + "/job-instances", token, instances)
                .body()
                .path("changed")
                .asInt())
        .isOne();
    assertThat(
            platform
                .post("/api/endpoints/" + id + "/job-instances", token, instances)
                .body()
                .path("changed")
                .asInt())
        .isZero();
    assertThat(platform.delete("/api/endpoints/" + id, acme).status()).isEqualTo(204);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        platform.post("/api/endpoints/" + id + "/heartbeat", token, "{}").status())
                    .isEqualTo(401));
  }

  @Test
  void anEnrollmentTokenIsForOneMachineAndADayUnlessMoreIsAskedFor() throws Exception {
    JsonNode usual =
        platform.post("/api/enrollment-tokens", acme, "{\"name\": \"installer\"}").body();
    assertThat(usual.path("max_uses").asInt()).isOne();
    assertThat(Instant.parse(usual.path("expires_at").asString()))
        .isBetween(Instant.now().plusSeconds(86_000), Instant.now().plusSeconds(86_400));
    String token = usual.path("token").asString();
    String machine =
        "{\"name\": \"i\", \"hostname\": \"i\", \"machine_id\": \"i-%d\", \"platform\": \"linux\", \"version\": \"1\", \"labels\": {}}";
    assertThat(platform.post("/api/endpoints/enroll", token, machine.formatted(1)).status())
        .isEqualTo(201);
    assertThat(platform.post("/api/endpoints/enroll", token, machine.formatted(2)).status())
        .isEqualTo(409);

    JsonNode unlimited =
        platform
            .post(
                "/api/enrollment-tokens",
                acme,
                "{\"name\": \"site\", \"max_uses\": 0, \"expires_in_days\": 0}")
            .body();
    assertThat(unlimited.path("max_uses").isNull()).isTrue();
    assertThat(unlimited.path("expires_at").isNull()).isTrue();
  }

  @Test
  void nothingOfAnotherTenantIsThere() throws Exception {
    String other = platform.owner("other");
    String enrollment =
        platform
            .post("/api/enrollment-tokens", acme, "{\"name\": \"x\"}")
            .body()
            .path("id")
            .asString();
    String token =
        platform
            .post("/api/tokens", acme, "{\"name\": \"x\", \"scopes\": [\"read:runs\"]}")
            .body()
            .path("id")
            .asString();
    assertThat(platform.delete("/api/enrollment-tokens/" + enrollment, other).status())
        .isEqualTo(404);
    assertThat(platform.delete("/api/tokens/" + token, other).status()).isEqualTo(404);
    assertThat(
            platform.delete("/api/endpoints/00000000-0000-0000-0000-000000000000", other).status())
        .isEqualTo(404);
    assertThat(platform.get("/api/tokens", other).body().path("tokens").size()).isZero();
    assertThat(
            platform
                .post(
                    "/api/checkins",
                    other,
                    "{\"job_name\": \"backup\", \"run_id\": \"mine\", \"status\": \"running\"}")
                .status())
        .isEqualTo(201);
    assertThat(
            platform
                .post(
                    "/api/checkins",
                    acme,
                    "{\"job_name\": \"another\", \"run_id\": \"mine\", \"status\": \"running\"}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void aTokenMayDoWhatItsScopesSay() throws Exception {
    String readOnly =
        platform
            .post("/api/tokens", acme, "{\"name\": \"ro\", \"scopes\": [\"read:runs\"]}")
            .body()
            .path("token")
            .asString();
    assertThat(
            platform
                .post("/api/checkins", readOnly, "{\"job_name\": \"b\", \"status\": \"success\"}")
                .status())
        .isEqualTo(403);
    assertThat(platform.get("/api/tokens", readOnly).status()).isEqualTo(403);
    assertThat(platform.get("/api/auth/me", readOnly).body().path("tenant_id").asString())
        .isEqualTo("acme");
  }

  @Test
  void secretsAreInNoEvent() throws Exception {
    String secret =
        platform
            .post("/api/tokens", acme, "{\"name\": \"s\", \"scopes\": [\"read:runs\"]}")
            .body()
            .path("token")
            .asString();
    assertThat(
            platform
                .jdbc()
                .sql("SELECT convert_from(payload, 'UTF8') FROM event_store.domain_event")
                .query(String.class)
                .list())
        .isNotEmpty()
        .noneMatch(payload -> String.valueOf(payload).contains(secret))
        .noneMatch(payload -> String.valueOf(payload).contains("example.org"));
  }

  @Test
  void everyEventSaysWhoCausedIt() throws Exception {
    platform.post(
        "/api/checkins",
        acme,
        "{\"job_name\": \"origin\", \"run_id\": \"origin\", \"status\": \"success\"}");
    assertThat(
            platform
                .jdbc()
                .sql(
                    "SELECT convert_from(metadata, 'UTF8') FROM event_store.domain_event WHERE aggregate_id = ?")
                .param(new RunId("acme", "origin").toString())
                .query(String.class)
                .single())
        .contains("\"tenantId\":\"acme\"", "\"actor\":\"user:", "\"traceId\":\"");
  }

  static Stream<String> badCheckIns() {
    return Stream.of(
        "{",
        "",
        "[]",
        "\"text\"",
        "null",
        "{\"job_name\": 7.5e400, \"status\": \"success\"}",
        "{\"job_name\": {}, \"status\": \"success\"}",
        "{\"status\": \"success\"}",
        "{\"job_name\": \"b\"}",
        "{\"job_name\": \"b\", \"status\": \"great\"}",
        "{\"job_name\": \"b\", \"exit_code\": 256}",
        "{\"job_name\": \"b\", \"exit_code\": \"three\"}",
        "{\"job_name\": \"b\", \"exit_code\": 99999999999999}",
        "{\"job_name\": \"b\", \"status\": \"success\", \"run_id\": \"../etc\"}",
        "{\"job_name\": \"b\", \"status\": \"success\", \"run_id\": \"\\u0000\"}",
        "{\"job_name\": \"b\\u0000\", \"status\": \"success\"}",
        "{\"job_name\": \"b\", \"status\": \"success\", \"duration\": -1}",
        "{\"job_name\": \"b\", \"status\": \"success\", \"duration\": 1e308}",
        "{\"job_name\": \"b\", \"status\": \"success\", \"started_at\": \"yesterday\"}",
        "{\"job_name\": \"b\", \"status\": \"success\", \"started_at\": \"1066-10-14T09:00:00Z\"}",
        "{\"job_name\": \"b\", \"status\": \"success\", \"finished_at\": \"+999999999-12-31T23:59:59Z\"}",
        "{\"job_name\": \"b\", \"status\": \"success\", \"endpoint_id\": \"' OR 1=1 --\"}");
  }

  @ParameterizedTest
  @MethodSource("badCheckIns")
  void aBadCheckInIsAProblemDocument(String body) throws Exception {
    Answer answer = platform.post("/api/checkins", acme, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body().path("trace_id").asString()).matches("[0-9a-f]{32}");
    assertThat(answer.body().path("detail").asString())
        .isNotBlank()
        .doesNotContain("io.crontopus", "Exception");
  }

  /** Paths of an endpoint's own, bodies, and what the answer points at. */
  static Stream<Arguments> whatAnEndpointCannotSay() {
    String instance =
        "{\"instances\": [{\"job_id\": \"j\", \"namespace\": \"n\", \"name\": \"b\", \"state\": \"error\", %s}]}";
    return Stream.of(
        Arguments.of("heartbeat", "{\"sent_at\": \"+999999999-12-31T23:59:59Z\"}", "/sent_at"),
        Arguments.of("heartbeat", "{\"version\": \"\\ud800\"}", "/version"),
        Arguments.of("heartbeat", "{\"scheduler\": \"a\\u0000b\"}", "/scheduler"),
        Arguments.of(
            "job-instances",
            "{\"observed_at\": \"+294277-01-01T00:00:00Z\", \"instances\": []}",
            "/observed_at"),
        Arguments.of(
            "job-instances",
            "{\"observed_at\": \"-999999999-01-01T00:00:00Z\", \"instances\": []}",
            "/observed_at"),
        Arguments.of("job-instances", "{\"instances\": [null]}", "/instances/0"),
        Arguments.of(
            "job-instances",
            instance.formatted("\"schedule\": [\"@daily\", null]"),
            "/instances/0/schedule/1"),
        Arguments.of(
            "job-instances",
            instance.formatted("\"schedule\": [\"a\\u0000\"]"),
            "/instances/0/schedule/0"),
        Arguments.of(
            "job-instances",
            instance.formatted("\"schedule\": [\"" + "*".repeat(501) + "\"]"),
            "/instances/0/schedule/0"),
        Arguments.of(
            "job-instances",
            instance.formatted("\"schedule\": [" + "\"@daily\",".repeat(100) + "\"@daily\"]"),
            "/instances/0/schedule"),
        Arguments.of(
            "job-instances",
            instance.formatted("\"path\": \"default/\\udc19.yaml\""),
            "/instances/0/path"));
  }

  @ParameterizedTest
  @MethodSource("whatAnEndpointCannotSay")
  void whatNobodyCouldStoreIsRefusedAndInNoEvent(String path, String body, String pointer)
      throws Exception {
    String stream = new EndpointId(endpoint.tenantId(), endpoint.id()).toString();
    List<String> before = events(stream);

    Answer answer =
        platform.post("/api/endpoints/" + endpoint.id() + "/" + path, endpoint.token(), body);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    assertThat(events(stream)).isEqualTo(before);
    assertThat(new TestEndpoints(platform).stored(endpoint)).isEmpty();
  }

  @Test
  void whatIsOddAndCanBeStoredIsTaken() throws Exception {
    String octopuses = "\\ud83d\\udc19".repeat(1_001);

    Answer answer =
        platform.post(
            "/api/endpoints/" + endpoint.id() + "/job-instances",
            endpoint.token(),
            "{\"instances\": [{\"job_id\": \"j\", \"namespace\": \"n\", \"name\": \"b\", \"state\": \"error\", \"schedule\": [\"0\\t2 * * *\"], \"message\": \"ab\\u0000"
                + octopuses
                + "\"}]}");

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    JsonNode instance =
        platform.events("endpoint.job-instances-changed").getLast().at("/changed/0");
    assertThat(instance.at("/schedule/0").asString()).isEqualTo("0 2 * * *");
    assertThat(instance.path("message").asString())
        .hasSize(2_000)
        .startsWith("ab\u2400\ud83d\udc19")
        .endsWith("\ud83d\udc19\ufffd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\\u0000\": \"b\"}", "{\"\\ud800\": \"b\"}", "{\"a\": \"\\ud800\"}"})
  void labelsThatCannotBeStoredEnrollNothing(String labels) throws Exception {
    String enrollment =
        platform
            .post("/api/enrollment-tokens", acme, "{\"name\": \"l\"}")
            .body()
            .path("token")
            .asString();

    Answer answer =
        platform.post(
            "/api/endpoints/enroll",
            enrollment,
            "{\"hostname\": \"h\", \"machine_id\": \"labels\", \"platform\": \"linux\", \"labels\": "
                + labels
                + "}");

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/pointer").asString()).startsWith("/labels");
    assertThat(events(EndpointId.ofMachine("acme", "labels").toString())).isEmpty();
  }

  @Test
  void oddOutputIsKeptReadable() throws Exception {
    byte[] invalidUtf8 =
        "{\"job_name\": \"odd\", \"run_id\": \"odd1\", \"exit_code\": 1, \"output\": \"a?b\"}"
            .getBytes(StandardCharsets.UTF_8);
    invalidUtf8[new String(invalidUtf8, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xff;
    assertThat(platform.postBytes("/api/checkins", acme, invalidUtf8).status()).isEqualTo(201);
    assertThat(
            platform
                .post(
                    "/api/checkins",
                    acme,
                    "{\"job_name\": \"odd\", \"run_id\": \"odd2\", \"exit_code\": 1, \"output\": \"\\u0000\\u001b[31m\\ud800\"}")
                .status())
        .isEqualTo(201);
    assertThat(
            platform
                .post(
                    "/api/checkins",
                    acme,
                    "{\"job_name\": \"odd\", \"run_id\": \"odd3\", \"exit_code\": 1, \"output\": \""
                        + "ä".repeat(20_000)
                        + "\"}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void aBodyOfFiveMegabytesIsTooLarge() throws Exception {
    Answer answer =
        platform.post(
            "/api/checkins",
            acme,
            "{\"job_name\": \"b\", \"status\": \"success\", \"output\": \""
                + "x".repeat(5_000_000)
                + "\"}");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.contentType()).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void aBadTokenIsUnauthenticated(String token) throws Exception {
    Answer answer =
        platform.post("/api/checkins", token, "{\"job_name\": \"b\", \"status\": \"success\"}");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body().path("code").asString()).isEqualTo("unauthenticated");
  }

  static Stream<String> badTokens() {
    return Stream.of(
        "x", "ctp_", "ctp_" + "0".repeat(49), "eyJhbGciOiJub25lIn0.e30.", "ep_' OR 1=1");
  }

  @Test
  void anAnonymousCheckInIsUnauthenticated() throws Exception {
    assertThat(
            platform
                .post("/api/checkins", null, "{\"job_name\": \"b\", \"status\": \"success\"}")
                .status())
        .isEqualTo(401);
    assertThat(platform.get("/api/nothing", null).status()).isEqualTo(404);
    assertThat(platform.get("/api/checkins", acme).status()).isEqualTo(405);
  }

  @Test
  void aLoginWithAWrongPasswordAndOneWithoutAUserLookTheSame() throws Exception {
    assertThat(
            platform
                .post(
                    "/api/auth/register",
                    null,
                    "{\"username\": \"acme\", \"email\": \"z@example.org\", \"password\": \"correct horse\"}")
                .status())
        .isEqualTo(409);
    assertThat(
            platform
                .post(
                    "/api/auth/register",
                    null,
                    "{\"username\": \"No\", \"email\": \"z\", \"password\": \"short\"}")
                .body()
                .path("errors")
                .size())
        .isEqualTo(3);
  }

  private static List<String> events(String stream) {
    return platform
        .jdbc()
        .sql(
            "SELECT payload_type FROM event_store.domain_event WHERE aggregate_id = ? ORDER BY sequence")
        .param(stream)
        .query((row, number) -> row.getString(1))
        .list();
  }
}
