package io.crontopus.agent.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.agent.FakeCrontab;
import io.crontopus.agent.TestAgents;
import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.config.CrontabConfig;
import io.crontopus.agent.config.DriftPolicy;
import io.crontopus.agent.crontab.DamagedBlockException;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.agent.reconcile.TableChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CronTableTest {

  private static final String FOREIGN = "SHELL=/bin/bash\n0 3 * * * mine % stdin\n";

  @TempDir Path temp;
  private DataDir data;
  private FakeCrontab crontab;

  @BeforeEach
  void prepare() throws IOException {
    data = TestAgents.data(temp);
    crontab = new FakeCrontab(temp.resolve("cron"));
  }

  @Test
  void addsLinesThatNameTheWrapperAndTheJob() throws Exception {
    Files.writeString(crontab.table(), FOREIGN);

    TableChange change = table(DriftPolicy.RESTORE).apply(List.of(job("a", "0 2 * * 1")));

    String wrapper = "'" + data.wrapper().toString().replace("%", "\\%") + "'";
    assertThat(crontab.table())
        .hasContent(
            FOREIGN
                + """
                # BEGIN crontopus %1$s
                # default/a
                0 2 * * 1 %2$s id-a
                # END crontopus %1$s
                """
                    .formatted(data.root(), wrapper));
    assertThat(change.isDrift()).isFalse();
    assertThat(change.diff()).contains("+0 2 * * 1 ").contains(" 0 3 * * * mine");
    assertThat(data.backups().resolve("crontab-first")).hasContent(FOREIGN);
  }

  @Test
  void writesNothingWhenNothingChanged() throws Exception {
    CronTable table = table(DriftPolicy.RESTORE);
    table.apply(List.of(job("a", "0 2 * * 1")));

    assertThat(table.apply(List.of(job("a", "0 2 * * 1")))).isEqualTo(TableChange.NONE);
    assertThat(crontab.writes()).as("once, and once more for a cron that missed it").isEqualTo(2);
  }

  @Test
  void leavesTheForeignTableAsItWas() throws Exception {
    Files.writeString(crontab.table(), FOREIGN);
    CronTable table = table(DriftPolicy.RESTORE);
    table.apply(List.of(job("a", "0 2 * * 1"), job("b", "@daily")));
    table.apply(List.of(job("b", "@daily")));

    table.apply(List.of());

    assertThat(crontab.table()).hasContent(FOREIGN);
  }

  @Test
  void removesATableThatItMade() throws Exception {
    CronTable table = table(DriftPolicy.RESTORE);
    table.apply(List.of(job("a", "0 2 * * 1")));

    table.apply(List.of());

    assertThat(crontab.table()).doesNotExist();
  }

  @Test
  void comparesWithoutChangingAnything() throws Exception {
    TableChange change = table(DriftPolicy.RESTORE).compare(List.of(job("a", "0 2 * * 1")));

    assertThat(change.diff()).contains("+0 2 * * 1 ");
    assertThat(crontab.table()).doesNotExist();
  }

  @Test
  void restoresLinesThatSomebodyEdited() throws Exception {
    CronTable table = table(DriftPolicy.RESTORE);
    List<ScheduledJob> jobs = List.of(job("a", "0 2 * * 1"), job("b", "@daily"));
    table.apply(jobs);
    String good = Files.readString(crontab.table());
    Files.writeString(crontab.table(), good.replace("0 2 * * 1", "0 9 * * 1"));

    assertThat(table.compare(jobs).drifted()).containsExactly("id-a");
    table.apply(jobs);

    assertThat(crontab.table()).hasContent(good);
    assertThat(table.compare(jobs).isDrift()).isFalse();
  }

  @Test
  void restoresABlockThatSomebodyRemoved() throws Exception {
    CronTable table = table(DriftPolicy.RESTORE);
    List<ScheduledJob> jobs = List.of(job("a", "0 2 * * 1"));
    table.apply(jobs);
    Files.writeString(crontab.table(), FOREIGN);

    assertThat(table.compare(jobs).drifted()).containsExactly("id-a");
    table.apply(jobs);

    assertThat(Files.readString(crontab.table())).startsWith(FOREIGN + "# BEGIN crontopus");
  }

  @Test
  void onlyReportsDriftWhenToldSo() throws Exception {
    CronTable table = table(DriftPolicy.REPORT);
    List<ScheduledJob> jobs = List.of(job("a", "0 2 * * 1"), job("b", "@daily"));
    table.apply(jobs);
    String edited = Files.readString(crontab.table()).replace("0 2 * * 1", "0 9 * * 1");
    Files.writeString(crontab.table(), edited);

    assertThat(table.apply(jobs).drifted()).containsExactly("id-a");
    assertThat(table.apply(jobs).drifted()).containsExactly("id-a");
    assertThat(Files.readString(crontab.table())).contains("0 9 * * 1");

    List<ScheduledJob> changed = List.of(job("a", "0 4 * * 1"), job("b", "@daily"));
    table.apply(changed);
    assertThat(Files.readString(crontab.table())).contains("0 4 * * 1").doesNotContain("0 9 *");
  }

  @Test
  void tellsLinesThatSomebodyAdded() throws Exception {
    CronTable table = table(DriftPolicy.RESTORE);
    List<ScheduledJob> jobs = List.of(job("a", "0 2 * * 1"));
    table.apply(jobs);
    String table0 = Files.readString(crontab.table());
    Files.writeString(crontab.table(), table0.replace("# END", "1 1 * * * intruder\n# END"));

    assertThat(table.compare(jobs).notes().getFirst()).contains("1 1 * * * intruder");
    table.apply(jobs);
    assertThat(crontab.table()).hasContent(table0);
  }

  @Test
  void neverLosesAnEditThatSomebodyMakesMeanwhile() throws Exception {
    Files.writeString(crontab.table(), FOREIGN);
    // Right before the second look at the table, which is right before the write.
    crontab.beforeRead("echo 'printf \"1 1 * * * new\\n\" >> table' > before-read");

    table(DriftPolicy.RESTORE).apply(List.of(job("a", "0 2 * * 1")));

    assertThat(Files.readString(crontab.table()))
        .startsWith(FOREIGN + "1 1 * * * new\n# BEGIN crontopus");
  }

  @Test
  void isNotItsOwnDriftAfterACrash() throws Exception {
    CronTable table = table(DriftPolicy.RESTORE);
    table.apply(List.of(job("a", "0 2 * * 1")));
    // The table was replaced, but the agent died before it could note so.
    WrittenBlock written = new WrittenBlock(data);
    List<String> before = written.lines().orElseThrow();
    List<ScheduledJob> jobs = List.of(job("a", "0 3 * * 1"));
    table.apply(jobs);
    List<String> after = written.lines().orElseThrow();
    written.done(before);
    written.begin(after);

    assertThat(table.compare(List.of(job("a", "0 4 * * 1"))).isDrift()).isFalse();
  }

  @Test
  void keepsTheOldTableWhenTheNewOneIsRefused() throws Exception {
    Files.writeString(crontab.table(), FOREIGN);
    crontab.beforeWrite("echo 'errors in crontab file' >&2; exit 1");

    assertThatThrownBy(() -> table(DriftPolicy.RESTORE).apply(List.of(job("a", "0 2 * * 1"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("errors in crontab file");
    assertThat(crontab.table()).hasContent(FOREIGN);
  }

  @Test
  void touchesNothingWhenTheMarkersAreDamaged() throws Exception {
    String damaged = "# BEGIN crontopus " + data.root() + "\n* * * * * x\n";
    Files.writeString(crontab.table(), damaged);

    assertThatThrownBy(() -> table(DriftPolicy.RESTORE).apply(List.of(job("a", "0 2 * * 1"))))
        .isInstanceOf(DamagedBlockException.class);
    assertThat(crontab.table()).hasContent(damaged);
  }

  @Test
  void listsTheRightMinutesForAnotherZone() throws Exception {
    ScheduledJob job =
        new ScheduledJob(
            "id-a",
            "default",
            "a",
            "default/a.yaml",
            List.of("0 2 * * *"),
            "America/New_York",
            false);

    table(DriftPolicy.RESTORE).apply(List.of(job));

    assertThat(Files.readString(crontab.table()))
        .contains("# default/a (0 2 * * * America/New_York)")
        .contains("\n0 6,7 * * * ")
        .contains(" id-a --if-due\n");
    List<String> due = Files.readAllLines(data.job("id-a").resolve("due"));
    assertThat(due.getFirst()).startsWith("# 0 2 * * * America/New_York");
    assertThat(due).hasSizeBetween(399, 402);
  }

  private CronTable table(DriftPolicy drift) {
    AgentConfig base = TestAgents.config();
    CrontabConfig config =
        new CrontabConfig(
            crontab.program().toString(), Optional.empty(), Optional.of(ZoneOffset.UTC), 3);
    return new CronTable(
        data,
        new AgentConfig(
            base.server(),
            base.caFile(),
            base.name(),
            base.labels(),
            base.scheduler(),
            base.syncInterval(),
            base.heartbeatInterval(),
            base.reportInterval(),
            drift,
            base.removal(),
            base.mailOutput(),
            base.redact(),
            config,
            base.spool(),
            base.stopGrace(),
            base.logLevel()),
        Clock.systemUTC(),
        Duration.ZERO);
  }

  private static ScheduledJob job(String name, String expression) {
    return new ScheduledJob(
        "id-" + name,
        "default",
        name,
        "default/" + name + ".yaml",
        List.of(expression),
        "UTC",
        false);
  }
}
