package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.AgentProcess;
import io.crontopus.standalone.harness.GitClient;
import io.crontopus.standalone.harness.PlatformProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs do not notice that the platform is away, and nothing of them is lost. */
@Order(1)
class OutageIT {

  /** Long enough for two full minutes, in which two runs begin and end unheard. */
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("crontopus.outage.seconds", 125));

  private static final Duration A_MINUTE = Duration.ofSeconds(90);
  private static final Duration DELIVERY = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void everyRunOfAnOutageIsThereAfterwardsOnceAndInOrder() throws IOException, SQLException {
    Path diary = folder.resolve("diary");
    Files.writeString(diary, "");
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"));
        AgentProcess agent = AgentProcess.start(platform, folder.resolve("agent"), "embedded")) {
      GitClient.clone(platform.repository(), platform.credential("token"), folder.resolve("clone"))
          .add("default/diary.yaml", job(diary))
          .push("Keep a diary");
      await("a run before").atMost(A_MINUTE).until(() -> !runs(platform).isEmpty());
      int before = lines(diary);

      platform.stop();
      long back = System.nanoTime() + OUTAGE.toNanos();
      await("jobs go on").atMost(OUTAGE.plus(A_MINUTE)).until(() -> System.nanoTime() > back);
      int during = lines(diary) - before;
      assertThat(during)
          .as("runs while the platform was away: %s", agent.log())
          .isGreaterThanOrEqualTo(2);
      platform.start();

      await("all runs are delivered")
          .atMost(DELIVERY)
          .untilAsserted(() -> assertThat(runs(platform).size()).isEqualTo(lines(diary)));
      List<String> outputs =
          runs(platform).stream().map(run -> run.path("output").asString().strip()).toList();
      assertThat(outputs.reversed()).isEqualTo(Files.readAllLines(diary));
      assertThat(runs(platform))
          .allSatisfy(run -> assertThat(run.path("status").asString()).isEqualTo("success"));
      assertThat(recordedRuns(platform))
          .doesNotHaveDuplicates()
          .containsExactlyElementsOf(
              runs(platform).reversed().stream()
                  .map(run -> run.path("run_id").asString())
                  .toList());
    }
  }

  private static String job(Path diary) {
    return """
    apiVersion: v1
    kind: Job
    metadata:
      name: diary
    spec:
      schedule: "* * * * *"
      command: |-
        date -u +%%H:%%M:%%S.%%N | tee -a "%s"
    """
        .formatted(diary);
  }

  private static List<JsonNode> runs(PlatformProcess platform) {
    List<JsonNode> finished = new ArrayList<>();
    for (JsonNode run :
        platform.api().get("/api/runs?job=diary&include=output&limit=1000").json().path("runs")) {
      if (run.path("finished_at").isString()) {
        finished.add(run);
      }
    }
    return finished;
  }

  /** The runs in the order in which the event log has their ends. */
  private static List<String> recordedRuns(PlatformProcess platform) throws SQLException {
    List<String> runs = new ArrayList<>();
    try (Connection database = platform.database();
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT split_part(aggregate_id, ':', 3) FROM event_store.domain_event
                WHERE aggregate_id LIKE 'run:%' AND payload_type LIKE '%inished%' ORDER BY global_index
                """)) {
      while (rows.next()) {
        runs.add(rows.getString(1));
      }
    }
    return runs;
  }

  private static int lines(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
