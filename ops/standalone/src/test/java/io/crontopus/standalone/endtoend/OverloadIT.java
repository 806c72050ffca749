package io.crontopus.standalone.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.Template;
import io.crontopus.bench.system.Heap;
import io.crontopus.standalone.harness.PlatformProcess;
import io.crontopus.standalone.harness.RunCount;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * More check-ins than there is room for: who is taken in is answered soon, the others are told when
 * to come back, nobody is forgotten, and nothing of it stays in memory.
 */
@Isolated("it measures how long answers take")
class OverloadIT {

  private static final int CLIENTS = 400;
  private static final int ROOM = 100;
  private static final Duration LOAD = Duration.ofSeconds(4);
  private static final long MEBIBYTE = 1 << 20;
  private static final String CHECK_IN =
      "{\"job_name\": \"load-{m}\", \"run_id\": \"run-{n}\", \"exit_code\": 0}";

  /** Stored before, so that it is no run more when there is room for it. */
  private static final String AGAIN =
      "{\"job_name\": \"again\", \"run_id\": \"again\", \"exit_code\": 0}";

  @TempDir Path folder;

  @Test
  void itShedsAndServes() throws Exception {
    try (PlatformProcess platform =
        PlatformProcess.start(
            folder.resolve("data"), Map.of("crontopus.check-ins.waiting", String.valueOf(ROOM)))) {
      assertThat(
              platform
                  .api()
                  .post("/api/checkins", "application/json", AGAIN.getBytes(UTF_8))
                  .status())
          .isEqualTo(201);
      LoadResult first = load(platform, 0);
      awaitProjected(platform, 1 + first.acceptedCount());
      long before = Heap.afterCollection(platform.pid()).usedBytes();

      CompletableFuture<String> told =
          CompletableFuture.supplyAsync(() -> whenToComeBack(platform));
      LoadResult second = load(platform, first.end());
      assertThat(second.statuses().keySet()).isSubsetOf(Set.of(200, 201, 503));
      assertThat(second.lost()).isZero();
      assertThat(second.shed()).isPositive();
      assertThat(second.acceptedCount()).isPositive();
      // The middle one: how long the slowest wait is the bench's to tell, of code that is compiled.
      assertThat(second.accepted().millis(50))
          .as("milliseconds until those that were taken in were answered")
          .isLessThan(waitOfAll(second));
      assertThat(told.join()).as("Retry-After").matches("[1-9][0-9]*");
      awaitProjected(platform, 1 + first.acceptedCount() + second.acceptedCount());
      assertThat(Heap.afterCollection(platform.pid()).usedBytes() - before)
          .as("what stays in memory of a load that was shed")
          .isLessThan(24 * MEBIBYTE);
    }
  }

  /** How many milliseconds each would wait, at the pace of this load, if nobody was turned away. */
  private static double waitOfAll(LoadResult load) {
    return (double) LOAD.toMillis() * CLIENTS / load.acceptedCount();
  }

  private static LoadResult load(PlatformProcess platform, long first) {
    URI url = URI.create(platform.url());
    InetSocketAddress address = new InetSocketAddress(url.getHost(), url.getPort());
    return HttpLoad.run(
        LoadPlan.closedLoop(address, CLIENTS, LOAD, first),
        Template.post(
            address, "/api/checkins", platform.credential("token"), "", List.of(CHECK_IN), ""));
  }

  /** What one of those who find no room is told; empty when it is nothing. */
  private static String whenToComeBack(PlatformProcess platform) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(platform.url() + "/api/checkins"))
            .header("Authorization", "Bearer " + platform.credential("token"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(AGAIN))
            .build();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      long end = System.nanoTime() + LOAD.toNanos();
      while (System.nanoTime() < end) {
        HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() == 503) {
          return answer.headers().firstValue("Retry-After").orElse("");
        }
      }
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "";
  }

  private static void awaitProjected(PlatformProcess platform, long runs) {
    await("all that were taken in are there, once, and no others")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(RunCount.of(platform)).isEqualTo(new RunCount(runs, runs, runs, runs)));
  }
}
