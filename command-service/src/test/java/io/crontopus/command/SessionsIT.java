package io.crontopus.command;

import static io.crontopus.command.TestPlatform.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.TestPlatform.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** Logins over HTTP, on two nodes: how they go on, and how they end everywhere at once. */
@Isolated("measures how fast something ends")
class SessionsIT implements DeviceLoginTests {

  /** A second, and what a loaded machine may need for a request. */
  private static final Duration AT_ONCE = Duration.ofMillis(1_500);

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static TestPlatform other;

  @Override
  public TestPlatform platform() {
    return platform;
  }

  @Override
  public TestPlatform other() {
    return other;
  }

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.start(folder);
    other = platform.anotherNode();
    platform.owner("acme");
  }

  @AfterAll
  static void stop() throws Exception {
    other.stop();
    platform.close();
  }

  @Test
  void aRefreshTokenIsGoodForOneRefresh() throws Exception {
    JsonNode first = logIn();
    Answer second = refresh(refreshToken(first));
    assertThat(second.status()).isEqualTo(200);
    assertThat(refreshToken(second.body())).isNotEqualTo(refreshToken(first));
    assertThat(status(platform, second.body())).isEqualTo(200);
    assertThat(status(other, first)).isEqualTo(200);
    assertThat(refresh(refreshToken(second.body())).status()).isEqualTo(200);
  }

  @Test
  void aUsedRefreshTokenThatComesAgainEndsTheWholeFamily() throws Exception {
    JsonNode first = logIn();
    JsonNode second = refresh(refreshToken(first)).body();
    assertThat(status(other, second)).isEqualTo(200);

    assertThat(refresh(refreshToken(first)).status()).isEqualTo(401);

    assertThat(refresh(refreshToken(second)).status()).isEqualTo(401);
    endsEverywhere(first);
    endsEverywhere(second);
    assertThat(platform.events("login.refresh-token-reused"))
        .anyMatch(event -> event.path("sessionId").asString().equals(sessionId(first)));
  }

  @Test
  void ofManyWhoComeWithOneTokenAtMostOneGetsInAndTheFamilyEnds() throws Exception {
    JsonNode login = logIn();
    Callable<Answer> refresh = () -> refresh(refreshToken(login));
    List<Answer> answers;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          threads.invokeAll(Collections.nCopies(12, refresh)).stream()
              .map(Future::resultNow)
              .toList();
    }
    List<JsonNode> successes =
        answers.stream().filter(answer -> answer.status() == 200).map(Answer::body).toList();
    assertThat(successes).hasSize(1);
    assertThat(answers).extracting(Answer::status).containsOnly(200, 401);
    assertThat(refresh(refreshToken(successes.getFirst())).status()).isEqualTo(401);
    assertThat(platform.events("login.refresh-token-reused"))
        .filteredOn(event -> event.path("sessionId").asString().equals(sessionId(login)))
        .hasSize(1);
  }

  @Test
  void loggingOutEndsThisSessionOnEveryNode() throws Exception {
    JsonNode this1 = logIn();
    JsonNode another = logIn();
    assertThat(status(other, this1)).isEqualTo(200);
    assertThat(platform.post("/api/auth/logout", accessToken(this1), "").status()).isEqualTo(204);
    endsEverywhere(this1);
    assertThat(status(other, another)).isEqualTo(200);

    String byRefreshToken = "{\"refresh_token\": \"%s\"}".formatted(refreshToken(another));
    assertThat(platform.post("/api/auth/logout", null, byRefreshToken).status()).isEqualTo(204);
    assertThat(platform.post("/api/auth/logout", null, byRefreshToken).status()).isEqualTo(204);
    endsEverywhere(another);
    assertThat(platform.post("/api/auth/logout", null, "{}").status()).isEqualTo(400);
  }

  @Test
  void loggingOutEverywhereEndsAllOfThem() throws Exception {
    platform.owner("everywhere");
    JsonNode one = platform.logIn("everywhere", PASSWORD).body();
    JsonNode two = other.logIn("everywhere", PASSWORD).body();
    assertThat(other.post("/api/auth/logout-everywhere", accessToken(one), "").status())
        .isEqualTo(204);
    endsEverywhere(one);
    endsEverywhere(two);
    assertThat(platform.events("login.sessions-ended"))
        .filteredOn(event -> event.path("reason").asString().equals("logout-everywhere"))
        .singleElement()
        .satisfies(event -> assertThat(event.path("sessionIds").size()).isEqualTo(3));
  }

  @Test
  void aUserSeesAndEndsTheirOwnSessionsOnly() throws Exception {
    platform.owner("looker");
    JsonNode one = platform.logIn("looker", PASSWORD).body();
    JsonNode two = platform.logIn("looker", PASSWORD).body();
    String stranger = platform.owner("stranger");

    JsonNode shown = platform.get("/api/auth/sessions", accessToken(two)).body().path("sessions");
    assertThat(shown.size()).isEqualTo(3);
    JsonNode current =
        shown
            .valueStream()
            .filter(session -> session.path("current").asBoolean())
            .findFirst()
            .orElseThrow();
    assertThat(current.path("id").asString()).isEqualTo(sessionId(two));
    assertThat(current.path("address").asString()).isEqualTo("127.0.0.1");
    assertThat(current.path("user_agent").asString()).startsWith("Java-http-client");
    assertThat(current.propertyNames()).contains("created_at", "last_used_at", "expires_at");

    String path = "/api/auth/sessions/" + sessionId(one);
    assertThat(platform.delete(path, stranger).status()).isEqualTo(404);
    assertThat(platform.delete(path, accessToken(two)).status()).isEqualTo(204);
    assertThat(platform.delete(path, accessToken(two)).status()).isEqualTo(404);
    assertThat(platform.delete("/api/auth/sessions/%00", accessToken(two)).status()).isEqualTo(404);
    endsEverywhere(one);
  }

  @Test
  void anApiTokenHasNoSession() throws Exception {
    String token =
        platform
            .post(
                "/api/tokens", accessToken(logIn()), "{\"name\": \"x\", \"scopes\": [\"admin:*\"]}")
            .body()
            .path("token")
            .asString();
    assertThat(platform.get("/api/auth/sessions", token).status()).isEqualTo(403);
    assertThat(platform.post("/api/auth/logout-everywhere", token, "").status()).isEqualTo(403);
  }

  @Test
  void loginsAreInTheLogWithWhoAndWhereFrom() throws Exception {
    String session = sessionId(logIn());
    String metadata =
        platform
            .jdbc()
            .sql(
                """
                SELECT convert_from(metadata, 'UTF8') FROM event_store.domain_event
                WHERE payload_type = 'login.succeeded' AND convert_from(payload, 'UTF8') LIKE ?
                """)
            .param("%" + session + "%")
            .query(String.class)
            .single();
    assertThat(metadata)
        .contains("\"actor\":\"user:", "\"address\":\"127.0.0.1\"", "\"traceId\":\"");
  }

  private static void endsEverywhere(JsonNode login) {
    for (TestPlatform node : List.of(platform, other)) {
      await().atMost(AT_ONCE).untilAsserted(() -> assertThat(status(node, login)).isEqualTo(401));
    }
  }

  private static JsonNode logIn() throws Exception {
    return platform.logIn("acme", PASSWORD).body();
  }

  private static Answer refresh(String token) throws Exception {
    return platform.post("/api/auth/refresh", null, "{\"refresh_token\": \"%s\"}".formatted(token));
  }

  private static int status(TestPlatform node, JsonNode login) throws Exception {
    return node.get("/api/auth/me", accessToken(login)).status();
  }

  private static String accessToken(JsonNode login) {
    return login.path("access_token").asString();
  }

  private static String refreshToken(JsonNode login) {
    return login.path("refresh_token").asString();
  }

  private static String sessionId(JsonNode login) {
    return Jwt.claims(accessToken(login)).path("sid").asString();
  }
}
