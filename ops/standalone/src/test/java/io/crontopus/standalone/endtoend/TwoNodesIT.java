package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.ApiClient;
import io.crontopus.standalone.harness.Auditor;
import io.crontopus.standalone.harness.HeartbeatStream;
import io.crontopus.standalone.harness.LiveRuns;
import io.crontopus.standalone.harness.PlatformProcess;
import io.crontopus.standalone.harness.RunCount;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two platforms on one database share the work, and do none of it twice: not when both hear of the
 * same runs, and not when one of them is killed in the middle. Who was connected to that one goes
 * on with the other.
 */
@Order(6)
class TwoNodesIT {

  private static final int RUNS = 3_000;
  private static final int CLIENTS = 4;
  private static final int STEADY = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** So that an endpoint is silent after nine seconds. */
  private static final Map<String, String> SETTINGS = Map.of("crontopus.heartbeats.interval", "3s");

  @TempDir Path folder;

  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void theyShareTheWorkAndDoItOnce() throws Exception {
    Auditor auditor = new Auditor(folder);
    AtomicBoolean on = new AtomicBoolean(true);
    AtomicBoolean allOn = new AtomicBoolean(true);
    try (PlatformProcess first = PlatformProcess.start(folder.resolve("first"), SETTINGS);
        PlatformProcess second =
            PlatformProcess.start(
                folder.resolve("second"), SETTINGS, "--database", first.databaseUrl());
        LiveRuns live = LiveRuns.watch(first.credential("token"), second, first);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      String token = first.credential("token");
      List<Future<?>> work = new ArrayList<>();
      List<Future<?>> fleet = new ArrayList<>();
      for (JsonNode endpoint : enroll(first, STEADY)) {
        fleet.add(clients.submit(() -> beat(endpoint, on, second, first)));
      }
      fleet.add(clients.submit(() -> beat(enroll(first, 1).getFirst(), allOn, second, first)));
      for (int c = 0; c < CLIENTS; c++) {
        int client = c;
        // Every run is told to both: by clients that take turns in opposite order.
        work.add(clients.submit(() -> report(client, first, second, token)));
        work.add(clients.submit(() -> report(client, second, first, token)));
      }
      await("the middle").atMost(PATIENCE).until(() -> answered.get() > RUNS * 2 / 3);
      auditor.keep(first);
      second.kill();
      second.start();
      for (Future<?> one : work) {
        one.get();
      }
      allOn.set(false);

      await("both show all runs")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(RunCount.of(first)).isEqualTo(new RunCount(RUNS, RUNS, RUNS, RUNS));
                assertThat(Auditor.notAuditedOnce(first)).isZero();
                assertThat(live.known()).hasSize(RUNS);
              });
      assertThat(new ApiClient(second.url(), token).get("/api/runs?limit=1").json().path("runs"))
          .hasSize(1);
      await("the one that fell silent is told")
          .atMost(PATIENCE)
          .until(() -> stories(first).getOrDefault("endpoint.went-silent", 0L) > 0);
      assertThat(stories(first))
          .as("each change of an endpoint is told once, and nobody else was called silent")
          .containsEntry("endpoint.first-seen", STEADY + 1L)
          .containsEntry("endpoint.went-silent", 1L)
          .doesNotContainKeys(
              "endpoint.came-back", "endpoint.went-offline", "fleet.went-quiet", "fleet.came-back");
      on.set(false);
      for (Future<?> endpoint : fleet) {
        endpoint.get();
      }
      await("all is signed").atMost(PATIENCE).until(() -> Auditor.unsigned(first) == 0);
      auditor.verify(first);
      streamsEndWithTheirCredentialOnEveryNode(loggedIn(first), second);
    }
  }

  private static void streamsEndWithTheirCredentialOnEveryNode(
      ApiClient first, PlatformProcess second) throws Exception {
    String service =
        first
            .post("/api/users", Map.of("kind", "service", "username", "robot", "role", "viewer"))
            .json()
            .path("id")
            .asString();
    JsonNode own =
        first.post("/api/tokens", Map.of("name", "a", "scopes", List.of("read:runs"))).json();
    JsonNode services =
        first
            .post(
                "/api/tokens",
                Map.of("name", "b", "scopes", List.of("read:runs"), "user_id", service))
            .json();
    CompletableFuture<Void> one = watch(second, own.path("token").asString());
    CompletableFuture<Void> other = watch(second, services.path("token").asString());

    assertThat(first.delete("/api/tokens/" + own.path("id").asString()).status()).isEqualTo(204);
    await("revoked").atMost(Duration.ofSeconds(1)).until(one::isDone);
    assertThat(other).isNotDone();
    assertThat(first.delete("/api/users/" + service).status()).isEqualTo(204);
    await("removed").atMost(Duration.ofSeconds(1)).until(other::isDone);
  }

  /** The API as the first user, who may manage others. */
  private static ApiClient loggedIn(PlatformProcess platform) {
    String form =
        "username=%s&password=%s"
            .formatted(
                URLEncoder.encode(platform.credential("username"), StandardCharsets.UTF_8),
                URLEncoder.encode(platform.credential("password"), StandardCharsets.UTF_8));
    ApiClient nobody = new ApiClient(platform.url(), "");
    return nobody.as(
        nobody
            .post(
                "/api/auth/login",
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.US_ASCII))
            .json()
            .path("access_token")
            .asString());
  }

  /** Watches runs; done when the stream has ended. */
  private static CompletableFuture<Void> watch(PlatformProcess node, String token)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(node.url() + "/api/stream?topics=runs"))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return CompletableFuture.runAsync(
        () -> {
          try (InputStream body = response.body()) {
            body.transferTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Executors.newVirtualThreadPerTaskExecutor());
  }

  private static List<JsonNode> enroll(PlatformProcess platform, int count) {
    String token =
        platform
            .api()
            .post("/api/enrollment-tokens", Map.of("name", "fleet", "max_uses", count))
            .json()
            .path("token")
            .asString();
    List<JsonNode> endpoints = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ApiClient.Answer enrolled =
          platform
              .api()
              .as(token)
              .post(
                  "/api/endpoints/enroll",
                  Map.of("hostname", "h" + i, "machine_id", count + "-" + i, "platform", "linux"));
      assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
      endpoints.add(enrolled.json());
    }
    return endpoints;
  }

  /** Sends heartbeats as fast as they are acknowledged; to the next node when a stream ends. */
  private static void beat(JsonNode endpoint, AtomicBoolean on, PlatformProcess... nodes) {
    for (int attempt = 0; on.get(); attempt++) {
      try (HeartbeatStream stream =
          HeartbeatStream.open(
              nodes[attempt % nodes.length].url(),
              endpoint.path("endpoint_id").asString(),
              endpoint.path("token").asString())) {
        for (int lines = 1; on.get(); lines++) {
          stream.send("{\"spool_depth\": 0}");
          stream.awaitAck(lines);
        }
      } catch (IOException e) {
        // That node is away: the other one.
      }
    }
  }

  /** How often which change of an endpoint is in the log. */
  private static Map<String, Long> stories(PlatformProcess platform) {
    try (Connection database = platform.database();
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT payload_type, count(*) FROM event_store.domain_event
                WHERE payload_type LIKE 'endpoint.%' OR payload_type LIKE 'fleet.%' GROUP BY 1
                """)) {
      Map<String, Long> stories = new TreeMap<>();
      while (rows.next()) {
        stories.put(rows.getString(1), rows.getLong(2));
      }
      return stories;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void report(int client, PlatformProcess one, PlatformProcess other, String token) {
    for (int number = client; number < RUNS; number += CLIENTS) {
      PlatformProcess node = number / CLIENTS % 2 == 0 ? one : other;
      Map<String, Object> checkIn =
          Map.of("job_name", "load-" + number % 10, "run_id", "run-" + number, "exit_code", 0);
      await("run " + number)
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .until(() -> sent(new ApiClient(node.url(), token), checkIn));
      answered.incrementAndGet();
    }
  }

  private static boolean sent(ApiClient api, Map<String, Object> checkIn) {
    try {
      return api.post("/api/checkins", checkIn).status() < 300;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
