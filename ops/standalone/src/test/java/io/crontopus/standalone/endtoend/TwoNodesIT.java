package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.ApiClient;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two platforms on one database share the work, and do none of it twice: not when both hear of the
 * same runs, and not when one of them is killed.
 */
class TwoNodesIT {

  private static final int RUNS = 3_000;
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void theyShareTheWorkAndDoItOnce() throws Exception {
    try (PlatformProcess first = PlatformProcess.start(folder.resolve("first"));
        PlatformProcess second =
            PlatformProcess.start(folder.resolve("second"), "--database", first.databaseUrl());
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      String token = first.credential("token");
      List<Future<?>> work = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        int client = c;
        // Every run is told to both: by clients that take turns in opposite order.
        work.add(clients.submit(() -> report(client, first, second, token)));
        work.add(clients.submit(() -> report(client, second, first, token)));
      }
      second.kill();
      second.start();
      for (Future<?> one : work) {
        one.get();
      }

      await("both show all runs")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(RunCount.of(first)).isEqualTo(new RunCount(RUNS, RUNS, RUNS, RUNS));
                assertThat(notAuditedOnce(first)).isZero();
              });
      assertThat(new ApiClient(second.url(), token).get("/api/runs?limit=1").json().path("runs"))
          .hasSize(1);
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

  /** Events that the audit log does not have, or has twice. */
  private static long notAuditedOnce(PlatformProcess platform) {
    try (Connection database = platform.database();
        Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT count(*) FROM event_store.domain_event d
                WHERE (SELECT count(*) FROM audit.entry e WHERE e.position = d.global_index) <> 1
                """)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void report(int client, PlatformProcess one, PlatformProcess other, String token) {
    for (int number = client; number < RUNS; number += CLIENTS) {
      PlatformProcess node = number / CLIENTS % 2 == 0 ? one : other;
      Map<String, Object> checkIn =
          Map.of("job_name", "load-" + number % 10, "run_id", "run-" + number, "exit_code", 0);
      await("run " + number)
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .until(() -> sent(new ApiClient(node.url(), token), checkIn));
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
