package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.Auditor;
import io.crontopus.standalone.harness.Checkout;
import io.crontopus.standalone.harness.Finished;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operator rebuilds the runs with the command line while check-ins go on, and the platform and
 * its database are killed in the middle: the rebuild goes on, and no run is missing or there twice.
 */
@Order(8)
class RebuildIT {

  private static final int RUNS = 60_000;
  private static final int BATCH = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void aRebuildUnderLoadGoesOnAfterAKill() throws Exception {
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger next = new AtomicInteger();
      while (next.get() < RUNS) {
        assertThat(report(platform, next.getAndAdd(BATCH), BATCH)).isTrue();
      }
      await("all runs are shown").atMost(PATIENCE).until(() -> lag(platform) == 0);

      Finished began =
          operator(
              platform,
              List.of(
                  "projections", "rebuild", "runs", "--yes", "--no-wait", "--reason", "a test"));
      assertThat(began.exitCode()).as(began.err()).isZero();
      AtomicBoolean enough = new AtomicBoolean();
      Future<?> load = threads.submit(() -> reportUntil(enough, platform, next));
      await("the rebuild is under way")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> rebuild(platform).path("position").asLong() > 0);

      platform.killDatabase();
      platform.kill();
      platform.start();

      JsonNode resumed = rebuild(platform);
      assertThat(resumed.isMissingNode() || resumed.path("events").asLong() > 0)
          .as("it goes on where it was: %s", resumed)
          .isTrue();
      await("the rebuild has taken over")
          .atMost(PATIENCE)
          .until(() -> rebuild(platform).isMissingNode());
      enough.set(true);
      load.get();
      // Not by the lag: the log may end with what is no run, which a projection passes without a
      // word.
      int all = next.get();
      await("all runs are shown")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(RunCount.of(platform)).isEqualTo(new RunCount(all, all, all, all)));
      isInThePlatformsLog(platform);
    }
  }

  /** Who had it rebuilt, and why: in the log of those who run the platform, which verifies. */
  private void isInThePlatformsLog(PlatformProcess platform) {
    JsonNode told =
        platform
            .operator()
            .get("/api/audit?type=platform.projection-administered&subject=projection:runs")
            .json()
            .path("events");
    assertThat(told.size()).isOne();
    assertThat(told.path(0).path("actor").asString()).startsWith("operator:");
    assertThat(told.path(0).path("payload").path("reason").asString()).isEqualTo("a test");

    await("all is signed").atMost(PATIENCE).until(() -> Auditor.unsigned(platform) == 0);
    new Auditor(folder).verifyPlatformsOwn(platform);
  }

  private static void reportUntil(
      AtomicBoolean enough, PlatformProcess platform, AtomicInteger next) {
    while (!enough.get()) {
      int first = next.getAndAdd(10);
      await("check-ins from " + first)
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .until(() -> report(platform, first, 10));
    }
  }

  /** What was not answered is sent again, as any client does. */
  private static boolean report(PlatformProcess platform, int first, int count) {
    List<Map<String, Object>> checkIns = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      checkIns.add(
          Map.of("job_name", "load-" + number % 50, "run_id", "run-" + number, "exit_code", 0));
    }
    try {
      int status =
          platform.api().post("/api/checkins/batch", Map.of("checkins", checkIns)).status();
      return status == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static long lag(PlatformProcess platform) {
    return runs(platform).path("lag").asLong();
  }

  /** The rebuild that is under way; missing when there is none. */
  private static JsonNode rebuild(PlatformProcess platform) {
    JsonNode rebuild = runs(platform).path("rebuild");
    return rebuild.isNull() ? JsonMapper.shared().missingNode() : rebuild;
  }

  private static JsonNode runs(PlatformProcess platform) {
    return platform.operator().get("/api/admin/projections/runs").json();
  }

  private static Finished operator(PlatformProcess platform, List<String> arguments) {
    List<String> command = new ArrayList<>(arguments);
    command.addAll(
        List.of(
            "--server",
            platform.url(),
            "--token-file",
            platform.data().resolve("operator-token").toString()));
    return Checkout.run(command.toArray(String[]::new));
  }
}
