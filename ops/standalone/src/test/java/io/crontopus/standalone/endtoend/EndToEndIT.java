package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.AgentProcess;
import io.crontopus.standalone.harness.CronDaemon;
import io.crontopus.standalone.harness.GitClient;
import io.crontopus.standalone.harness.PlatformProcess;
import io.crontopus.standalone.harness.UserCrontab;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** From a push to a failed run in the list, on the machine's own cron. */
@ResourceLock("crontab")
class EndToEndIT {

  private static final Duration FROM_PUSH_TO_RUN = Duration.ofSeconds(75);
  private static final Duration FROM_PUSH_TO_CRONTAB = Duration.ofSeconds(30);

  /** Somebody's own table: settings, odd spacing, no job of ours. */
  private static final String FOREIGN =
      """
      # backups, ask Grüße before touching
      MAILTO=""
        PATH = /usr/bin:/bin

      #0 3 * * *  /opt/old.sh
      17 4 31 12 *   true %with%stdin
      @yearly	true
      """;

  private static final String JOB =
      """
      apiVersion: v1
      kind: Job
      metadata:
        name: nightly
      spec:
        schedule: "* * * * *"
        command: |-
          echo "to stdout"; echo "to stderr" >&2; sleep 1; exit 3
      """;

  @TempDir Path folder;

  static boolean cronIsPossible() {
    return CronDaemon.possible();
  }

  @Test
  @EnabledIf("cronIsPossible")
  void aPushedJobRunsFromCronAndItsFailureIsListed() {
    try (CronDaemon _ = CronDaemon.ensure();
        UserCrontab _ = UserCrontab.replaceWith(FOREIGN);
        PlatformProcess platform = PlatformProcess.start(folder.resolve("data"));
        AgentProcess agent = AgentProcess.start(platform, folder.resolve("agent"), "cron")) {
      GitClient git =
          GitClient.clone(
              platform.repository(), platform.credential("token"), folder.resolve("clone"));

      git.add("default/nightly.yaml", JOB).push("Run nightly");

      await("the job is in the crontab")
          .atMost(FROM_PUSH_TO_CRONTAB)
          .untilAsserted(
              () ->
                  assertThat(UserCrontab.read())
                      .as(agent.log())
                      .startsWith(FOREIGN)
                      .isNotEqualTo(FOREIGN));
      JsonNode run =
          await("a run is listed")
              .atMost(FROM_PUSH_TO_RUN)
              .until(() -> runs(platform), list -> list.path(0).path("finished_at").isString())
              .path(0);
      assertThat(run.path("job_name").asString()).isEqualTo("nightly");
      assertThat(run.path("status").asString()).isEqualTo("failure");
      assertThat(run.path("exit_code").asInt()).isEqualTo(3);
      assertThat(run.path("duration").asDouble()).isBetween(0.9, 20.0);
      JsonNode details = platform.api().get("/api/runs/" + run.path("run_id").asString()).json();
      assertThat(details.path("output").asString()).contains("to stdout").contains("to stderr");
      assertThat(UserCrontab.read()).startsWith(FOREIGN);

      git.remove("default/nightly.yaml").push("Stop nightly");

      await("the job has left the crontab")
          .atMost(FROM_PUSH_TO_CRONTAB)
          .untilAsserted(() -> assertThat(UserCrontab.read()).as(agent.log()).isEqualTo(FOREIGN));
    }
  }

  private static JsonNode runs(PlatformProcess platform) {
    return platform.api().get("/api/runs?job=nightly").json().path("runs");
  }
}
