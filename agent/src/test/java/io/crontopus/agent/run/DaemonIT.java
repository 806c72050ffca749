package io.crontopus.agent.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.agent.AgentMain;
import io.crontopus.agent.FakePlatform;
import io.crontopus.agent.ManifestGit;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The agent as a process, between a platform and a repository. */
class DaemonIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path temp;
  private FakePlatform platform;
  private ManifestGit git;
  private DataDir data;
  private Path log;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void enroll() throws Exception {
    platform = new FakePlatform();
    git = new ManifestGit(temp.resolve("repo"));
    platform.gitUrl = git.url();
    data = DataDir.at(temp.resolve("data"));
    log = temp.resolve("log");
    Files.writeString(temp.resolve("token"), "cte_once");
    Process enroll =
        agent(
            "enroll",
            "--server",
            platform.url().toString(),
            "--token-file",
            temp.resolve("token").toString());
    assertThat(enroll.waitFor()).as(() -> log()).isZero();
    Files.writeString(
        data.config(),
        Files.readString(data.config()).replace("sync_interval: 60", "sync_interval: 3600"));
  }

  @AfterEach
  void stop() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    platform.close();
  }

  @Test
  void runsWhatIsInGitAndReportsIt() throws Exception {
    git.job("first", "schedule: '@reboot'\ncommand: 'echo hello; exit 3'\n");
    String commit = git.commit();
    // The schedule of the last run is restored before the embedded scheduler starts.
    assertThat(agent("sync", "--once", "--scheduler", "embedded").waitFor()).isZero();

    Process run = agent("run", "--scheduler", "embedded");

    await().atMost(SOON).until(() -> platform.checkins.size() == 2);
    JsonNode end = platform.checkins.get(1);
    assertThat(end.path("job_name").asString()).isEqualTo("first");
    assertThat(end.path("exit_code").asInt()).isEqualTo(3);
    assertThat(end.path("output").asString()).isEqualTo("hello\n");
    assertThat(end.path("commit").asString()).isEqualTo(commit);
    await().atMost(SOON).until(() -> platform.heartbeats.size() >= 2);
    JsonNode beat = platform.heartbeats.getLast();
    assertThat(beat.path("scheduler").asString()).isEqualTo("embedded");
    assertThat(beat.path("scheduler_alive").asBoolean()).isTrue();
    assertThat(beat.path("applied_commit").asString()).isEqualTo(commit);

    git.job("second", "schedule: '0 1 * * *'\ncommand: 'true'\n").commit();
    platform.command("sync");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(platform.reports.getLast().path("instances").size()).isEqualTo(2));
    JsonNode instance = platform.reports.getLast().path("instances").get(1);
    assertThat(instance.path("state").asString()).isEqualTo("in_sync");
    assertThat(instance.path("next_run_at").asString()).endsWith("T01:00:00.000Z");

    assertThat(agent("run").waitFor()).isEqualTo(6);
    assertThat(agent("status").waitFor()).isZero();
    assertThat(agent("sync", "--once").waitFor()).isZero();
    assertNoSecretIsVisible(run);

    long begin = System.nanoTime();
    run.destroy();
    assertThat(run.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(run.exitValue()).as(() -> log()).isZero();
    assertThat(agent("status").waitFor()).isEqualTo(1);
  }

  @Test
  void losesNothingWhileThePlatformIsAway() throws Exception {
    git.job("a", "schedule: '@reboot'\ncommand: 'echo hello'\n").commit();
    assertThat(agent("sync", "--once", "--scheduler", "embedded").waitFor()).isZero();
    platform.judge = checkin -> 503;
    Process first = agent("run", "--scheduler", "embedded");
    await().atMost(SOON).until(() -> data.spool().resolve("new").toFile().list().length == 2);
    first.destroyForcibly().waitFor();

    platform.judge = checkin -> 201;
    agent("run", "--scheduler", "embedded");

    await().atMost(SOON).until(() -> platform.checkins.size() >= 2);
    assertThat(platform.checkins.get(0).path("status").asString()).isEqualTo("running");
    assertThat(platform.checkins.get(1).path("status").asString()).isEqualTo("success");
  }

  private void assertNoSecretIsVisible(Process process) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    if (Files.exists(proc)) {
      assertThat(Files.readString(proc.resolve("cmdline"))).doesNotContain("ep_secret");
      assertThat(Files.readString(proc.resolve("environ"))).doesNotContain("ep_secret");
    }
    assertThat(log()).doesNotContain("ep_secret").doesNotContain("cte_once");
  }

  private Process agent(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AgentMain.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.root().toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private String log() {
    try {
      return Files.readString(log, UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
