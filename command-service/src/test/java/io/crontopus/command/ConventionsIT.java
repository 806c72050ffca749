package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.TestEndpoints.Endpoint;
import io.crontopus.command.TestPlatform.Answer;
import io.crontopus.command.TestPlatform.Opened;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What requests may say besides what they ask for, and how endpoints exchange their tokens. */
class ConventionsIT {

  private static final String KEY = "Idempotency-Key";
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private static Path folder;
  private static TestPlatform platform;
  private static TestEndpoints endpoints;
  private static @Nullable TestPlatform secondNode;
  private static String owner;

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.start(folder);
    endpoints = new TestEndpoints(platform);
    owner = platform.owner("acme");
  }

  @AfterAll
  static void stop() throws Exception {
    if (secondNode != null) {
      secondNode.stop();
    }
    platform.close();
  }

  @Test
  void theSameRequestMakesOneThingAndHasOneAnswer() throws Exception {
    Answer first = service("robot-1", owner, "key-1");
    Answer second = service("robot-1", owner, "key-1");

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(service("robot-2", owner, "key-1").status()).isEqualTo(422);
    assertThat(service("robot-2", owner, "key-1").body().path("type").asString())
        .endsWith("idempotency-key-reused");
    assertThat(service("robot-1", owner, "key-2").status())
        .as("another key is another request")
        .isEqualTo(409);
    assertThat(service("robot-3", owner, "key-2").status())
        .as("what was refused leaves no key")
        .isEqualTo(201);
    assertThat(service("robot-4", owner, "with space").status()).isEqualTo(400);
  }

  @Test
  void keysAreOfOneCredential() throws Exception {
    String other = platform.owner("keys-of-one");

    assertThat(service("robot-9", owner, "shared").status()).isEqualTo(201);
    assertThat(service("robot-9", other, "shared").status()).isEqualTo(201);
  }

  @Test
  void aSecretIsShownOnceAndStoredNowhere() throws Exception {
    String token = "{\"name\": \"ci\", \"scopes\": [\"read:runs\"]}";
    Answer made = platform.post("/api/tokens", owner, token, KEY, "token-1");
    Answer again = platform.post("/api/tokens", owner, token, KEY, "token-1");

    assertThat(made.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("detail").asString()).contains(made.body().path("id").asString());
    for (String[] one :
        new String[][] {
          {"/api/enrollment-tokens", "{\"name\": \"site\"}"},
          {"/api/invitations", "{\"email\": \"new@example.org\", \"role\": \"viewer\"}"}
        }) {
      assertThat(platform.post(one[0], owner, one[1], KEY, "once").status()).isIn(201, 422);
      assertThat(platform.post(one[0], owner, one[1], KEY, one[0]).status()).isIn(201, 409);
      assertThat(platform.post(one[0], owner, one[1], KEY, one[0]).status()).isEqualTo(409);
    }
    assertThat(
            platform
                .jdbc()
                .sql("SELECT count(*) FROM identity.repeated_request WHERE answer LIKE '%ct__%'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void manyAtOnceMakeOneThing() throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> request = () -> service("robot-7", owner, "at-once");
      List<Future<Answer>> answers =
          clients.invokeAll(List.of(request, request, request, request, request, request));
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().body().path("id"))
            .isEqualTo(answers.getFirst().get().body().path("id"));
      }
    }
    assertThat(
            platform
                .jdbc()
                .sql("SELECT count(*) FROM identity.app_user WHERE username = 'robot-7'")
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void aChangeOfWhatHasChangedSinceIsRefused() throws Exception {
    String id =
        service("robot-5", owner, UUID.randomUUID().toString()).body().path("id").asString();
    String path = "/api/users/" + id;
    String seen = platform.header(path, owner, "ETag");

    assertThat(seen).startsWith("\"").endsWith("\"");
    assertThat(platform.patch(path, owner, "{\"role\": \"viewer\"}", "If-Match", seen).status())
        .isEqualTo(200);
    Answer late = platform.patch(path, owner, "{\"role\": \"admin\"}", "If-Match", seen);
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.body().path("type").asString()).endsWith("changed-since");
    String now = platform.header(path, owner, "ETag");
    assertThat(now).isNotEqualTo(seen);
    assertThat(
            platform
                .patch(path, owner, "{\"role\": \"operator\"}", "If-Match", seen + ", " + now)
                .status())
        .isEqualTo(200);
    assertThat(platform.patch(path, owner, "{\"role\": \"viewer\"}", "If-Match", "*").status())
        .isEqualTo(200);
  }

  @Test
  void anEndpointsTokenIsExchangedAndNeverMissing() throws Exception {
    Endpoint endpoint = endpoints.enroll(owner);
    String path = "/api/endpoints/" + endpoint.id();
    assertThat(platform.post(path + "/token", endpoint.token(), "{}").status())
        .as("nobody asked")
        .isEqualTo(409);
    Opened channel = platform.open(path + "/commands", endpoint.token());
    assertThat(channel.status()).isEqualTo(200);

    assertThat(platform.post(path + "/rotate", owner, "{}").status()).isEqualTo(202);

    await().until(() -> channel.has("event:rotate"));
    String lost = handedOut(path, endpoint.token());
    String stored = handedOut(path, endpoint.token());
    assertThat(works(path, endpoint.token())).as("before the new one is used").isTrue();
    assertThat(works(path, lost)).isTrue();
    assertThat(works(path, stored)).isTrue();
    assertThat(channel.ended()).isFalse();

    assertThat(platform.post(path + "/token/confirm", stored, "{}").status()).isEqualTo(204);

    await().atMost(SECOND).until(channel::ended);
    await().atMost(SECOND.plusMillis(200)).until(() -> !works(path, endpoint.token()));
    await().atMost(SECOND.plusMillis(200)).until(() -> !works(path, lost));
    assertThat(works(path, stored)).isTrue();
    assertThat(platform.post(path + "/token/confirm", stored, "{}").status())
        .as("said twice")
        .isEqualTo(204);
    assertThat(platform.post(path + "/token", stored, "{}").status()).isEqualTo(409);
    List<JsonNode> told =
        platform.events("enrollment.endpoint-token-rotated").stream()
            .filter(event -> event.path("endpointId").asString().equals(endpoint.id()))
            .toList();
    assertThat(told).hasSize(1);
  }

  @Test
  void aJobReportsByAnAddress() throws Exception {
    Answer made = platform.post("/api/ping-keys", owner, "{\"job_name\": \"pinged\"}");
    assertThat(made.status()).isEqualTo(201);
    String path = "/ping/" + made.body().path("key").asString();
    String run = UUID.randomUUID().toString();

    assertThat(platform.text("GET", path + "/start?rid=" + run, "")).isEqualTo("200 OK\n");
    assertThat(platform.text("POST", path + "/3?rid=" + run, "what it printed"))
        .isEqualTo("200 OK\n");
    assertThat(platform.text("HEAD", path, "")).isEqualTo("200 ");
    assertThat(platform.text("GET", path + "/fail", "")).isEqualTo("200 OK\n");
    assertThat(platform.text("GET", path + "/256", "")).startsWith("404 ");
    assertThat(platform.text("GET", path + "/nonsense", "")).startsWith("404 ");
    assertThat(platform.text("GET", path + "?rid=../x", "")).startsWith("400 ");
    assertThat(platform.text("GET", "/ping/ctk_nobody", "")).startsWith("404 ");
    assertThat(platform.get("/api/users", made.body().path("key").asString()).status())
        .as("it opens nothing else")
        .isEqualTo(401);
    List<JsonNode> ended =
        platform.events("run.finished").stream()
            .filter(event -> event.path("runId").asString().equals(run))
            .toList();
    assertThat(ended).hasSize(1);
    assertThat(ended.getFirst().path("exitCode").asInt()).isEqualTo(3);

    String id = made.body().path("id").asString();
    assertThat(platform.get("/api/ping-keys", owner).body().path("ping_keys").toString())
        .contains(id)
        .doesNotContain(made.body().path("key").asString());
    assertThat(platform.delete("/api/ping-keys/" + id, platform.owner("no-pinger")).status())
        .isEqualTo(404);
    assertThat(platform.delete("/api/ping-keys/" + id, owner).status()).isEqualTo(204);
    assertThat(platform.text("GET", path, "")).startsWith("404 ");
  }

  @Test
  void anotherTenantsEndpointCannotBeAsked() throws Exception {
    Endpoint endpoint = endpoints.enroll(owner);
    String stranger = platform.owner("stranger");

    assertThat(
            platform.post("/api/endpoints/" + endpoint.id() + "/rotate", stranger, "{}").status())
        .isEqualTo(404);
    assertThat(platform.post("/api/endpoints/nonsense/rotate", owner, "{}").status())
        .isEqualTo(404);
    assertThat(platform.post("/api/endpoints/" + endpoint.id() + "/token", owner, "{}").status())
        .isEqualTo(403);
  }

  @Test
  void revokingAnEndpointEndsItsChannel() throws Exception {
    Endpoint endpoint = endpoints.enroll(owner);
    Opened channel =
        platform.open("/api/endpoints/" + endpoint.id() + "/commands", endpoint.token());
    // Stopped last: a node that stops takes what nodes of a JVM share from the others.
    TestPlatform node = platform.anotherNode();
    secondNode = node;
    Opened elsewhere = node.open("/api/endpoints/" + endpoint.id() + "/commands", endpoint.token());
    assertThat(elsewhere.status()).isEqualTo(200);

    try (Socket fetch = node.beginFetch(endpoint.tenantId(), endpoint.token())) {
      assertThat(works("/api/endpoints/" + endpoint.id(), endpoint.token())).isTrue();
      assertThat(platform.delete("/api/endpoints/" + endpoint.id(), owner).status()).isEqualTo(204);

      await().atMost(SECOND).until(() -> channel.ended() && elsewhere.ended());
      assertThat(TestPlatform.wasEnded(fetch)).isTrue();
    }
  }

  @Test
  void anEndpointIsRevokedWithItsTokenOrNotAtAll() throws Exception {
    Endpoint endpoint = endpoints.enroll(owner);
    String path = "/api/endpoints/" + endpoint.id();
    platform
        .jdbc()
        .sql(
            """
            CREATE FUNCTION identity.keep() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN RAISE EXCEPTION ''the token stays''; END'
            """)
        .update();
    platform
        .jdbc()
        .sql(
            """
            CREATE TRIGGER keep BEFORE DELETE ON identity.endpoint_token
              FOR EACH ROW WHEN (old.endpoint_id = '%s') EXECUTE FUNCTION identity.keep()
            """
                .formatted(endpoint.id()))
        .update();

    assertThat(platform.delete(path, owner).status()).isEqualTo(500);
    assertThat(origins("endpoint.revoked", endpoint)).isEmpty();
    assertThat(works(path, endpoint.token())).isTrue();

    platform.jdbc().sql("DROP FUNCTION identity.keep() CASCADE").update();
    assertThat(platform.delete(path, owner).status()).isEqualTo(204);
    await().atMost(SECOND.plusMillis(200)).until(() -> !works(path, endpoint.token()));
    for (String event : List.of("endpoint.enrolled", "endpoint.revoked")) {
      assertThat(origins(event, endpoint))
          .singleElement()
          .satisfies(
              origin ->
                  assertThat(origin)
                      .contains("\"address\":\"127.0.0.1\"", "\"actor\":\"")
                      .containsPattern("\"traceId\":\"[0-9a-f]{32}\""));
    }
  }

  /** Where what happened to an endpoint came from, as the log has it. */
  private static List<@Nullable String> origins(String event, Endpoint endpoint) {
    return platform
        .jdbc()
        .sql(
            """
            SELECT convert_from(metadata, 'UTF8') FROM event_store.domain_event
            WHERE payload_type = ?
              AND convert_from(payload, 'UTF8')::jsonb ->> 'endpointId' = ?
            """)
        .params(event, endpoint.id())
        .query(String.class)
        .list();
  }

  private static Answer service(String name, String token, String key) throws Exception {
    return platform.post(
        "/api/users",
        token,
        "{\"kind\": \"service\", \"username\": \"%s\", \"role\": \"operator\"}".formatted(name),
        KEY,
        key);
  }

  private static String handedOut(String path, String token) throws Exception {
    Answer answer = platform.post(path + "/token", token, "{}");
    assertThat(answer.status()).isEqualTo(201);
    return answer.body().path("token").asString();
  }

  /** Whether the endpoint is heard with this token. */
  private static boolean works(String path, String token) throws Exception {
    return platform.post(path + "/heartbeat", token, "{}").status() == 200;
  }
}
