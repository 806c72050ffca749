package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.ApiClient;
import io.crontopus.standalone.harness.PlatformProcess;
import io.crontopus.standalone.harness.RunCount;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                assertThat(checkedEvents(first)).isGreaterThanOrEqualTo(RUNS);
              });
      assertThat(second.api().as(token).get("/api/runs?limit=1").json().path("runs")).hasSize(1);
    }
  }

  /** How many events the audit log has; each is in it once, or its check would say so. */
  private static long checkedEvents(PlatformProcess platform) {
    JsonNode newest =
        platform.api().get("/api/audit?limit=1").json().path("events").path(0).path("seq");
    assertThat(platform.api().get("/api/audit/integrity").json().path("findings")).isEmpty();
    return newest.asLong() + 1;
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
