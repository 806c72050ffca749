package io.crontopus.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.agent.TestAgents;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.agent.spool.Spool;
import io.crontopus.agent.spool.SpoolRecord;
import io.crontopus.agent.wrapper.HostTools;
import io.crontopus.agent.wrapper.JobFiles;
import io.crontopus.agent.wrapper.Wrapper;
import io.crontopus.manifest.JobManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTableTest {

  @TempDir Path temp;
  private DataDir data;

  @BeforeEach
  void prepare() throws IOException {
    data = TestAgents.data(temp);
    Wrapper.install(data);
  }

  @Test
  void startsAJobWhenItIsDue() throws Exception {
    // A clock at half a second before a minute, whatever the time is.
    Instant almost = Instant.parse("2026-05-05T10:19:59.500Z");
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), almost));
    try (EmbeddedTable table = new EmbeddedTable(data, Duration.ZERO, clock)) {
      table.apply(
          List.of(job("now", "20 10 * * *", "true"), job("not-now", "21 10 * * *", "true")));
      table.start();
      assertThat(table.isAlive()).isTrue();

      await().until(() -> new Spool(data).depth() == 2);
    }
    assertThat(records()).extracting(SpoolRecord::name).containsOnly("now");
  }

  @Test
  void doesNotMakeUpForTimesThatPassed() throws Exception {
    MovingClock clock = new MovingClock(Instant.parse("2026-05-05T10:19:30Z"));
    try (EmbeddedTable table = new EmbeddedTable(data, Duration.ZERO, clock)) {
      table.apply(List.of(job("a", "20 10 * * *", "true")));
      clock.now = Instant.parse("2026-05-05T10:25:00Z");
      table.start();
      table.apply(List.of(job("a", "20 10 * * *", "true"), job("b", "@reboot", "true")));
      Thread.onSpinWait();
    }
    assertThat(records()).isEmpty();
  }

  @Test
  void startsJobsForRebootAtOnceAndEndsWhatStillRuns() throws Exception {
    EmbeddedTable table = new EmbeddedTable(data, Duration.ofMillis(200), Clock.systemUTC());
    table.apply(List.of(job("boot", "@reboot", "echo on; sleep 60")));
    table.start();
    await().until(() -> new Spool(data).depth() == 1);
    long begin = System.nanoTime();

    table.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    await().until(() -> new Spool(data).depth() == 2);
    assertThat(records().getLast().end().orElseThrow().exitCode()).hasValue(143);
  }

  private List<SpoolRecord> records() throws IOException {
    Spool spool = new Spool(data);
    List<SpoolRecord> records = new ArrayList<>();
    for (String file : spool.list()) {
      records.add(spool.read(file).orElseThrow());
    }
    return records;
  }

  private ScheduledJob job(String name, String expression, String command) throws IOException {
    JobManifest job =
        TestAgents.job(name, "schedule: '%s'\ncommand: '%s'\n".formatted(expression, command));
    String id = job.jobId(TestAgents.TENANT).toString();
    new JobFiles(data, TestAgents.config(), HostTools.find()).write(job, id);
    return new ScheduledJob(id, "default", name, job.path(), List.of(expression), "UTC", false);
  }

  private static final class MovingClock extends Clock {

    private volatile Instant now;

    MovingClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
