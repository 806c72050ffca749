package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.ApiClient;
import io.crontopus.standalone.harness.Auditor;
import io.crontopus.standalone.harness.LiveRuns;
import io.crontopus.standalone.harness.PlatformProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A check-in that was answered is never lost and never counted twice, whenever the platform is
 * killed; who watches hears of each, and what was signed stays true.
 */
@Order(3)
class KillIT {

  private static final int CHECK_INS = 4000;
  private static final int BATCH = 20;
  private static final int CLIENTS = 8;
  private static final int KILLS = 4;
  private static final int FIRST_ERROR = 400;
  private static final Duration RESTART = Duration.ofMinutes(2);
  private static final Duration CATCH_UP = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger next = new AtomicInteger();

  @Test
  void everyAnsweredCheckInIsStoredOnce() throws Exception {
    long seed = System.nanoTime();
    Auditor auditor = new Auditor(folder);
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"));
        LiveRuns live = LiveRuns.watch(platform.credential("token"), platform);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      ApiClient api = platform.api();
      List<Future<?>> work =
          IntStream.range(0, CLIENTS)
              .<Future<?>>mapToObj(
                  client -> clients.submit(() -> report(api, client % 2 == 0 ? 1 : BATCH)))
              .toList();
      killAtRandomMoments(platform, auditor, new SplittableRandom(seed));
      for (Future<?> client : work) {
        finish(client);
      }

      assertThat(answered).as("seed %d", seed).hasSize(CHECK_INS);
      Map<String, Integer> stored = stored(platform);
      assertThat(stored.keySet()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(answered);
      assertThat(stored.values()).as("seed %d", seed).containsOnly(1);
      await("the projection has caught up")
          .atMost(CATCH_UP)
          .untilAsserted(() -> assertThat(listed(platform)).as("seed %d", seed).isEqualTo(stored));
      await("who watched from the beginning knows of all")
          .atMost(CATCH_UP)
          .untilAsserted(
              () -> assertThat(live.known()).as("seed %d", seed).isEqualTo(stored.keySet()));
      assertThat(live.streams()).as("it came back").isGreaterThan(1);
      await("the audit log has caught up")
          .atMost(CATCH_UP)
          .until(() -> Auditor.notAuditedOnce(platform) == 0 && Auditor.unsigned(platform) == 0);
      assertThat(auditor.kept()).as("seed %d", seed).isPositive();
      auditor.verify(platform);
    }
  }

  /**
   * At random shares of the work; the database's server goes down with the platform every other
   * time.
   */
  private void killAtRandomMoments(
      PlatformProcess platform, Auditor auditor, SplittableRandom random) {
    List<Integer> moments =
        random.ints(KILLS, CHECK_INS / 20, CHECK_INS * 19 / 20).sorted().boxed().toList();
    for (int moment : moments) {
      await("moment " + moment)
          .pollInterval(Duration.ofMillis(1))
          .pollDelay(Duration.ZERO)
          .atMost(RESTART)
          .until(() -> answered.size() >= moment);
      auditor.keep(platform);
      if (moments.indexOf(moment) % 2 == 1) {
        platform.killDatabase();
      }
      platform.kill();
      platform.start();
    }
  }

  /**
   * Sends check-ins, one at a time or several together; what was not answered is sent again, as any
   * client does.
   */
  private void report(ApiClient api, int together) {
    for (int first = next.getAndAdd(together);
        first < CHECK_INS;
        first = next.getAndAdd(together)) {
      List<Map<String, Object>> checkIns =
          IntStream.range(first, Math.min(first + together, CHECK_INS))
              .mapToObj(KillIT::checkIn)
              .toList();
      await("from " + first)
          .pollInterval(Duration.ofMillis(100))
          .pollDelay(Duration.ZERO)
          .atMost(RESTART)
          .until(() -> sent(api, checkIns));
      checkIns.forEach(checkIn -> answered.add(String.valueOf(checkIn.get("run_id"))));
    }
  }

  private static Map<String, Object> checkIn(int number) {
    return Map.of(
        "job_name",
        "load-" + number % 10,
        "run_id",
        "run-" + number,
        "exit_code",
        0,
        "output",
        "n " + number);
  }

  private static boolean sent(ApiClient api, List<Map<String, Object>> checkIns) {
    try {
      ApiClient.Answer answer =
          checkIns.size() == 1
              ? api.post("/api/checkins", checkIns.getFirst())
              : api.post("/api/checkins/batch", Map.of("checkins", checkIns));
      assertThat(answer.status())
          .as(answer.body())
          .satisfiesAnyOf(
              code -> assertThat(code).isLessThan(FIRST_ERROR),
              code -> assertThat(code).isEqualTo(503));
      return answer.status() < FIRST_ERROR;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static void finish(Future<?> client) throws InterruptedException {
    try {
      client.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** How often the end of each run is in the event log. */
  private static Map<String, Integer> stored(PlatformProcess platform) throws SQLException {
    Map<String, Integer> runs = new HashMap<>();
    try (Connection database = platform.database();
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT split_part(aggregate_id, ':', 3), count(*) FROM event_store.domain_event
                WHERE aggregate_id LIKE 'run:%' AND payload_type LIKE '%inished%' GROUP BY 1
                """)) {
      while (rows.next()) {
        runs.put(rows.getString(1), rows.getInt(2));
      }
    }
    return runs;
  }

  /** How often each successful run is in the list. */
  private static Map<String, Integer> listed(PlatformProcess platform) {
    Map<String, Integer> runs = new HashMap<>();
    String cursor = "";
    do {
      JsonNode page = platform.api().get("/api/runs?status=success&limit=500" + cursor).json();
      page.path("runs").forEach(run -> runs.merge(run.path("run_id").asString(), 1, Integer::sum));
      JsonNode following = page.path("next_cursor");
      cursor = following.isString() ? "&cursor=" + following.asString() : "";
    } while (!cursor.isEmpty());
    return runs;
  }
}
