package io.crontopus.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.agent.TestAgents;
import io.crontopus.agent.config.SpoolLimits;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolKeeperTest {

  @TempDir Path temp;
  private DataDir data;
  private Spool spool;

  @BeforeEach
  void prepare() throws IOException {
    data = TestAgents.data(temp);
    spool = new Spool(data);
  }

  @Test
  void endsRunsWhoseWrapperIsGone() throws Exception {
    note("r-1", gonePid());

    keeper(SpoolLimits.DEFAULT, Duration.ofMinutes(1)).tidy();

    assertThat(spool.list()).hasSize(1);
    SpoolRecord end = spool.read(spool.list().getFirst()).orElseThrow();
    assertThat(end.runId()).isEqualTo("r-1");
    assertThat(end.end().orElseThrow().status()).contains("lost");
    assertThat(data.spool().resolve("run")).isEmptyDirectory();
  }

  @Test
  void leavesRunsAloneThatAreGoing() throws Exception {
    Process wrapper = new ProcessBuilder("sh", "-c", "sleep 60; :", "crontopus-run").start();
    note("r-1", wrapper.pid());

    keeper(SpoolLimits.DEFAULT, Duration.ofMinutes(1)).tidy();

    wrapper.descendants().forEach(ProcessHandle::destroy);
    wrapper.destroy();
    assertThat(spool.list()).isEmpty();
  }

  @Test
  void isNotFooledByAnotherProcessWithTheSameId() throws Exception {
    note("r-1", ProcessHandle.current().pid());

    keeper(SpoolLimits.DEFAULT, Duration.ofMinutes(1)).tidy();

    assertThat(spool.list()).hasSize(1);
  }

  @Test
  void givesANewRunTimeToBegin() throws Exception {
    note("r-1", gonePid());

    keeper(SpoolLimits.DEFAULT, Duration.ZERO).tidy();

    assertThat(spool.list()).isEmpty();
  }

  @Test
  void dropsTheOldestOutputFirst() throws Exception {
    for (int i = 0; i < 4; i++) {
      Files.write(data.spool().resolve("output/r-" + i), new byte[400_000]);
    }

    keeper(new SpoolLimits(1_000_000, 100), Duration.ZERO).tidy();

    assertThat(data.spool().resolve("output").toFile().list())
        .containsExactlyInAnyOrder("r-2", "r-3");
  }

  @Test
  void dropsTheOldestRecordsBeyondTheLimit() throws Exception {
    for (int i = 0; i < 120; i++) {
      Files.writeString(spool.inbox().resolve("%03d-r-0".formatted(i)), "{}");
    }

    keeper(new SpoolLimits(1 << 20, 100), Duration.ZERO).tidy();

    assertThat(spool.list()).hasSize(100).startsWith("020-r-0");
  }

  private SpoolKeeper keeper(SpoolLimits limits, Duration later) {
    return new SpoolKeeper(data, limits, Clock.offset(Clock.systemUTC(), later));
  }

  private void note(String run, long pid) throws IOException {
    Files.writeString(
        data.spool().resolve("run").resolve(run + ".run"),
        """
        {"job_id":"j","namespace":"default","name":"n","run_id":"%s","started_ms":5,"pid":%d}
        """
            .formatted(run, pid));
    Files.writeString(data.spool().resolve("run").resolve(run + ".pipe"), "");
  }

  private static long gonePid() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }
}
