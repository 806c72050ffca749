package io.crontopus.agent.cron;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.agent.TestAgents;
import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.config.CrontabConfig;
import io.crontopus.agent.crontab.Crontab;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.agent.spool.Spool;
import io.crontopus.agent.spool.SpoolRecord;
import io.crontopus.agent.wrapper.HostTools;
import io.crontopus.agent.wrapper.JobFiles;
import io.crontopus.agent.wrapper.Wrapper;
import io.crontopus.manifest.JobManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's own {@code crontab} and daemon, for a user made for the test, so that nobody's table is
 * touched. Needs root.
 */
class CronIT {

  private static final ZoneId AWAY = ZoneId.of("Asia/Kolkata");

  @TempDir Path temp;
  private final String user = "ctp" + ProcessHandle.current().pid();
  private DataDir data;
  private AgentConfig config;
  private Crontab crontab;
  private @Nullable Process daemon;

  @BeforeEach
  void prepare() throws Exception {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    if (!Files.exists(Path.of("/usr/bin/crontab"))) {
      run("apt-get", "install", "-y", "-qq", "cron");
    }
    run("useradd", "--no-create-home", "--home-dir", "/tmp", user);
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    data = TestAgents.data(temp);
    CrontabConfig table = new CrontabConfig("crontab", Optional.of(user), Optional.empty(), 5);
    AgentConfig base = TestAgents.config();
    config =
        new AgentConfig(
            base.server(),
            base.caFile(),
            base.name(),
            base.labels(),
            base.scheduler(),
            base.syncInterval(),
            base.heartbeatInterval(),
            base.reportInterval(),
            base.drift(),
            base.removal(),
            base.mailOutput(),
            base.redact(),
            table,
            base.spool(),
            base.stopGrace(),
            base.logLevel());
    crontab = new Crontab(table);
  }

  @AfterEach
  void cleanUp() throws Exception {
    if (daemon != null) {
      daemon.destroy();
      daemon.waitFor();
    }
    if (crontab != null) {
      crontab.write(new byte[0]);
      // Its last processes may be about to end.
      await().atMost(Duration.ofSeconds(20)).until(() -> status("userdel", user) == 0);
    }
  }

  @Test
  void keepsTheForeignTableByteByByte() throws Exception {
    byte[] foreign =
        "MAILTO=\"\"\r\n# caf\u00e9 \u00ff \\r\b\0\n\n0 3 * * *\ttrue %one%two\n\n"
            .getBytes(ISO_8859_1);
    crontab.write(foreign);
    CronTable table = new CronTable(data, config, Clock.systemUTC());

    table.apply(List.of(job("a", "0 2 * * *", "UTC"), job("b", "@reboot", "UTC")));
    String with = new String(crontab.read(), ISO_8859_1);
    assertThat(with).startsWith(new String(foreign, ISO_8859_1) + "# BEGIN crontopus");
    assertThat(with).contains("@reboot ");

    table.apply(List.of());
    assertThat(crontab.read()).isEqualTo(foreign);
  }

  @Test
  void cronRunsTheJobsAtTheRightInstants() throws Exception {
    if (!new CronDaemon().isRunning()) {
      daemon =
          new ProcessBuilder("cron", "-f")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    }
    // In a zone that is half an hour off: due in the next minute, and an hour later.
    ZonedDateTime next = ZonedDateTime.now(AWAY).plusSeconds(70);
    ZonedDateTime later = next.plusHours(1);
    CronTable table = new CronTable(data, config, Clock.systemUTC());
    table.apply(
        List.of(
            job("here", "* * * * *", "UTC"),
            job(
                "away",
                at(next) + "," + next.plusMinutes(1).getMinute() + " * * * *",
                AWAY.getId()),
            job("later", at(later) + " " + later.getHour() + " * * *", AWAY.getId())));
    run("chown", "-R", user, temp.toString());

    Spool spool = new Spool(data);
    await()
        .atMost(Duration.ofSeconds(150))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> names(spool).containsAll(List.of("here", "away")));

    assertThat(names(spool)).doesNotContain("later");
    assertThat(new CronDaemon().isRunning()).isTrue();
  }

  private static String at(ZonedDateTime time) {
    return Integer.toString(time.getMinute());
  }

  private static List<String> names(Spool spool) throws IOException {
    List<String> names = new ArrayList<>();
    for (String file : spool.list()) {
      spool.read(file).map(SpoolRecord::name).ifPresent(names::add);
    }
    return names;
  }

  private ScheduledJob job(String name, String expression, String zone) throws IOException {
    JobManifest job =
        TestAgents.job(
            name, "schedule: '%s'\ntimezone: %s\ncommand: 'id -un'\n".formatted(expression, zone));
    String id = job.jobId(TestAgents.TENANT).toString();
    Wrapper.install(data);
    new JobFiles(data, config, HostTools.find()).write(job, id);
    return new ScheduledJob(id, "default", name, job.path(), List.of(expression), zone, false);
  }

  private static void run(String... command) throws Exception {
    assertThat(status(command)).as(String.join(" ", command)).isZero();
  }

  private static int status(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
