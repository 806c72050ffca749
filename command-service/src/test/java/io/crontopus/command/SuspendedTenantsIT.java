package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.TestPlatform.Answer;
import io.crontopus.identity.SecretToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/**
 * Operators and tenants over HTTP, on two nodes: what they stop ends everywhere, and comes back.
 */
@Isolated("measures how fast something ends")
class SuspendedTenantsIT {

  /** A second, and what a loaded machine may need for a request. */
  private static final Duration AT_ONCE = Duration.ofMillis(1_500);

  private static final String OPERATOR = SecretToken.issue(SecretToken.Kind.OPERATOR);
  private static final String CHECK_IN =
      "{\"job_name\": \"backup\", \"run_id\": \"%s\", \"exit_code\": 0}";

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static TestPlatform other;
  private static TestEndpoints endpoints;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.start(folder);
    other = platform.anotherNode();
    endpoints = new TestEndpoints(platform);
    Files.writeString(folder.resolve("operators"), "ann " + OPERATOR + "\n");
  }

  @AfterAll
  static void stop() throws Exception {
    other.stop();
    platform.close();
  }

  @Test
  void aTenantThatAnOperatorMakesBelongsToWhoeverAcceptsItsInvitation() throws Exception {
    String lost = create("newcorp", "nora").body().at("/invitation/token").asString();
    Answer made = create("newcorp", "nora");
    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    String token = made.body().at("/invitation/token").asString();
    assertThat(token).startsWith("cti_");
    assertThat(operator("GET", "/newcorp", "").body().toString()).doesNotContain(token);

    assertThat(
            platform
                .post(
                    "/api/auth/accept-invitation",
                    null,
                    "{\"token\": \"%s\", \"password\": \"%s\"}"
                        .formatted(lost, TestPlatform.PASSWORD))
                .status())
        .isEqualTo(400);
    Answer accepted =
        platform.post(
            "/api/auth/accept-invitation",
            null,
            "{\"token\": \"%s\", \"password\": \"%s\"}".formatted(token, TestPlatform.PASSWORD));
    assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(201);
    assertThat(accepted.body().path("tenant_id").asString()).isEqualTo("newcorp");
    assertThat(accepted.body().path("username").asString()).isEqualTo("nora");
    assertThat(accepted.body().path("roles").toString()).contains("owner");
    assertThat(git(platform, "newcorp", login("nora"))).isEqualTo(200);

    assertThat(create("newcorp", "other").status()).isEqualTo(409);
    assertThat(create("othercorp", "nora").status()).isEqualTo(409);
    assertThat(operator("GET", "/othercorp", "").status()).isEqualTo(404);
    assertThat(told("newcorp", "create")).hasSize(2);
    assertThat(platform.events("tenant.created"))
        .filteredOn(event -> event.path("tenantId").asString().equals("newcorp"))
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.path("createdBy").asString()).isEqualTo("operator:ann");
              assertThat(event.path("reason").asString()).isEqualTo("contract 17");
            });
  }

  @Test
  void suspensionEndsEverythingOnEveryNodeAndResumeBringsItBack() throws Exception {
    JsonNode session = owner("acme");
    String user = session.path("access_token").asString();
    String neighbour = owner("beta").path("access_token").asString();
    String token =
        platform
            .post("/api/tokens", user, "{\"name\": \"ci\", \"scopes\": [\"admin:*\"]}")
            .body()
            .path("token")
            .asString();
    TestEndpoints.Endpoint agent = endpoints.enroll(user);
    TestEndpoints.Endpoint others = endpoints.enroll(neighbour);
    String enrollment =
        platform
            .post("/api/enrollment-tokens", user, "{\"name\": \"e\", \"max_uses\": 9}")
            .body()
            .path("token")
            .asString();
    String ping =
        "/ping/"
            + platform
                .post("/api/ping-keys", user, "{\"job_name\": \"pinged\"}")
                .body()
                .path("key")
                .asString();
    for (TestPlatform node : List.of(platform, other)) {
      // Known to both nodes, so that none has to look before it knows.
      assertThat(node.get("/api/auth/me", user).status()).isEqualTo(200);
      assertThat(checkIn(node, token, "before-" + node.url().hashCode())).isEqualTo(201);
    }

    try (Socket fetch = other.beginFetch("acme", agent.token());
        TestStream heartbeats = TestStream.open(other.url(), agent);
        TestStream unaffected = TestStream.open(other.url(), others)) {
      heartbeats.next();
      unaffected.next();
      CompletableFuture<Long> commands = endOfCommands(other, agent);
      CompletableFuture<Long> commandsHere = endOfCommands(platform, agent);
      CompletableFuture<Long> commandsOfOthers = endOfCommands(other, others);

      long begun = System.nanoTime();
      Answer suspended = operator("POST", "/acme/suspend", "{\"reason\": \"unpaid\"}");
      assertThat(suspended.status()).as("%s", suspended.body()).isEqualTo(200);
      assertThat(suspended.body().path("status").asString()).isEqualTo("suspended");

      JsonNode last = heartbeats.next();
      while (!last.has("ended")) {
        last = heartbeats.next();
      }
      assertThat(last.path("ended").asString()).isEqualTo("suspended");
      assertThat(commandsHere.get(10, TimeUnit.SECONDS) - begun).isLessThan(AT_ONCE.toNanos());
      assertThat(commands.get(10, TimeUnit.SECONDS) - begun).isLessThan(AT_ONCE.toNanos());
      assertThat(TestPlatform.wasEnded(fetch)).isTrue();
      assertThat(System.nanoTime() - begun).isLessThan(AT_ONCE.toNanos());

      for (TestPlatform node : List.of(platform, other)) {
        refused(node.get("/api/auth/me", user));
        refused(node.post("/api/checkins", token, CHECK_IN.formatted("refused")));
        refused(node.get(ping, null));
        refused(node.get(ping + "/start", null));
        refused(node.post("/api/checkins/batch", agent.token(), "{\"checkins\": []}"));
        refused(node.post("/api/endpoints/" + agent.id() + "/heartbeat", agent.token(), "{}"));
        refused(
            node.post(
                "/api/endpoints/enroll",
                enrollment,
                "{\"hostname\": \"h\", \"machine_id\": \"m\", \"platform\": \"linux\"}"));
        refused(node.logIn("acme", TestPlatform.PASSWORD));
        refused(
            node.post(
                "/api/auth/refresh",
                null,
                "{\"refresh_token\": \"%s\"}".formatted(session.path("refresh_token").asString())));
        assertThat(git(node, "acme", agent.token())).isEqualTo(403);
        assertThat(node.logIn("acme", "wrong horse").status()).isEqualTo(401);
      }

      // The neighbour's streams are as they were.
      unaffected.send("{}\n");
      unaffected.awaitAck(1);
      assertThat(commandsOfOthers).isNotDone();
      assertThat(other.get("/api/auth/me", neighbour).status()).isEqualTo(200);
      assertThat(git(other, "beta", others.token())).isEqualTo(200);
    }

    assertThat(operator("POST", "/acme/suspend", "{\"reason\": \"again\"}").status())
        .isEqualTo(200);
    assertThat(operator("POST", "/acme/resume", "{\"reason\": \"paid\"}").status()).isEqualTo(200);
    for (TestPlatform node : List.of(platform, other)) {
      await()
          .atMost(AT_ONCE)
          .untilAsserted(() -> assertThat(node.get("/api/auth/me", user).status()).isEqualTo(200));
      assertThat(checkIn(node, agent.token(), "after-" + node.url().hashCode())).isEqualTo(201);
      assertThat(git(node, "acme", agent.token())).isEqualTo(200);
      assertThat(node.text("GET", ping, "")).isEqualTo("200 OK\n");
    }
    // A refresh token that was shown meanwhile is as good as before.
    assertThat(
            platform
                .post(
                    "/api/auth/refresh",
                    null,
                    "{\"refresh_token\": \"%s\"}"
                        .formatted(session.path("refresh_token").asString()))
                .status())
        .isEqualTo(200);
    try (TestStream again = TestStream.open(other.url(), agent)) {
      again.send("{}\n");
      again.awaitAck(1);
    }

    assertThat(told("acme", "suspend")).hasSize(1);
    assertThat(told("acme", "resume")).hasSize(1);
    assertThat(platform.events("tenant.suspended"))
        .filteredOn(event -> event.path("tenantId").asString().equals("acme"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.path("reason").asString()).isEqualTo("unpaid");
              assertThat(event.path("suspendedBy").asString()).isEqualTo("operator:ann");
            });
    assertThat(metadata("tenant.suspended", "tenantId"))
        .contains(
            "\"tenantId\":\"acme\"", "\"actor\":\"operator:ann\"", "\"address\":\"127.0.0.1\"");
    assertThat(metadata("platform.tenant-administered", "tenant")).contains("\"tenantId\":\"\"");
  }

  @Test
  void whatChangesATenantSaysWhyAndDeletionIsConfirmedAndCanBeTakenBack() throws Exception {
    owner("gone");
    for (String action : List.of("suspend", "resume", "delete")) {
      Answer nothing = operator("POST", "/gone/" + action, "{}");
      assertThat(nothing.status()).isEqualTo(400);
      assertThat(nothing.body().toString()).contains("/reason");
    }
    String delete = "{\"reason\": \"over\", \"confirm\": \"gone\"}";
    assertThat(operator("POST", "/gone/delete", "{\"reason\": \"over\"}").body().toString())
        .contains("/confirm");
    Answer early = operator("POST", "/gone/delete", delete);
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.body().path("code").asString()).isEqualTo("tenant-not-suspended");

    assertThat(operator("POST", "/gone/suspend", "{\"reason\": \"x\"}").status()).isEqualTo(200);
    Answer deleted = operator("POST", "/gone/delete", delete);
    assertThat(deleted.status()).isEqualTo(202);
    assertThat(deleted.body().path("status").asString()).isEqualTo("deleting");
    assertThat(deleted.body().path("purge_after").asString()).isNotEmpty();
    refused(platform.logIn("gone", TestPlatform.PASSWORD));
    assertThat(operator("POST", "/gone/suspend", "{\"reason\": \"x\"}").status()).isEqualTo(409);

    Answer back = operator("POST", "/gone/resume", "{\"reason\": \"a mistake\"}");
    assertThat(back.body().path("status").asString()).isEqualTo("active");
    assertThat(back.body().path("purge_after").isNull()).isTrue();
    assertThat(platform.logIn("gone", TestPlatform.PASSWORD).status()).isEqualTo(200);
    assertThat(platform.events("tenant.resumed"))
        .filteredOn(event -> event.path("tenantId").asString().equals("gone"))
        .singleElement()
        .satisfies(event -> assertThat(event.path("undeleted").asBoolean()).isTrue());
  }

  @Test
  void tenantsAreListedForOperatorsAlone() throws Exception {
    String owner = owner("lister").path("access_token").asString();
    for (int i = 0; i < 3; i++) {
      assertThat(create("page-" + i, "pager-" + i).status()).isEqualTo(201);
    }
    assertThat(operator("POST", "/page-1/suspend", "{\"reason\": \"x\"}").status()).isEqualTo(200);

    JsonNode first = operator("GET", "?q=page-&limit=2", "").body();
    assertThat(ids(first)).containsExactly("page-2", "page-1");
    JsonNode second =
        operator("GET", "?q=page-&limit=2&cursor=" + first.path("next_cursor").asString(), "")
            .body();
    assertThat(ids(second)).containsExactly("page-0");
    assertThat(second.path("next_cursor").isNull()).isTrue();
    assertThat(ids(operator("GET", "?status=suspended&q=page", "").body()))
        .containsExactly("page-1");
    JsonNode lister = operator("GET", "/lister", "").body();
    assertThat(lister.path("users").asInt()).isEqualTo(1);
    assertThat(operator("GET", "?status=sleepy", "").status()).isEqualTo(400);
    assertThat(operator("GET", "/No%20Name", "").status()).isEqualTo(404);

    assertThat(platform.get("/api/admin/tenants", owner).status()).isEqualTo(403);
    assertThat(platform.get("/api/admin/tenants/lister", owner).status()).isEqualTo(403);
    assertThat(platform.get("/api/admin/tenants", null).status()).isEqualTo(401);
    assertThat(
            platform
                .post("/api/admin/tenants/lister/suspend", owner, "{\"reason\": \"x\"}")
                .status())
        .isEqualTo(403);
  }

  private static List<String> ids(JsonNode page) {
    return page.path("tenants").valueStream().map(t -> t.path("id").asString()).toList();
  }

  private static Answer create(String slug, String username) throws Exception {
    return operator(
        "POST",
        "",
        """
        {"slug": "%s", "username": "%s", "email": "%s@example.org", "reason": "contract 17"}
        """
            .formatted(slug, username, username));
  }

  private static Answer operator(String method, String path, String body) throws Exception {
    return method.equals("GET")
        ? platform.get("/api/admin/tenants" + path, OPERATOR)
        : platform.post("/api/admin/tenants" + path, OPERATOR, body);
  }

  private static JsonNode owner(String name) throws Exception {
    assertThat(platform.owner(name)).isNotEmpty();
    return platform.logIn(name, TestPlatform.PASSWORD).body();
  }

  private static String login(String name) throws Exception {
    return platform.logIn(name, TestPlatform.PASSWORD).body().path("access_token").asString();
  }

  private static int checkIn(TestPlatform node, String token, String run) throws Exception {
    return node.post("/api/checkins", token, CHECK_IN.formatted(run)).status();
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(403);
    assertThat(answer.body().path("code").asString()).isEqualTo("tenant-suspended");
    assertThat(answer.body().path("type").asString()).endsWith("tenant-suspended");
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
  }

  private static List<JsonNode> told(String tenant, String action) {
    return platform.events("platform.tenant-administered").stream()
        .filter(event -> event.path("tenant").asString().equals(tenant))
        .filter(event -> event.path("action").asString().equals(action))
        .toList();
  }

  /** What comes with an event about the tenant that was suspended. */
  private static String metadata(String event, String field) {
    return platform
        .jdbc()
        .sql(
            """
            SELECT convert_from(metadata, 'UTF8') FROM event_store.domain_event
            WHERE payload_type = ? AND convert_from(payload, 'UTF8')::jsonb ->> ? = 'acme'
            ORDER BY global_index LIMIT 1
            """)
        .params(event, field)
        .query(String.class)
        .single();
  }

  private int git(TestPlatform node, String tenant, String token) throws Exception {
    String basic =
        Base64.getEncoder().encodeToString(("any:" + token).getBytes(StandardCharsets.UTF_8));
    return http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        node.url()
                            + "/git/"
                            + tenant
                            + "/job-manifests.git/info/refs?service=git-upload-pack"))
                .header("Authorization", "Basic " + basic)
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  /** When the platform ended the endpoint's command channel, as this machine's clock counts. */
  private CompletableFuture<Long> endOfCommands(TestPlatform node, TestEndpoints.Endpoint endpoint)
      throws Exception {
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(node.url() + "/api/endpoints/" + endpoint.id() + "/commands"))
                .header("Authorization", "Bearer " + endpoint.token())
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    CompletableFuture<Long> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                while (lines.readLine() != null) {
                  // a comment, or a nudge
                }
                end.complete(System.nanoTime());
              } catch (IOException e) {
                end.completeExceptionally(e);
              }
            });
    return end;
  }
}
