package io.crontopus.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.agent.FakeCrontab;
import io.crontopus.agent.ManifestGit;
import io.crontopus.agent.TestAgents;
import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.config.ConfigFile;
import io.crontopus.agent.config.CrontabConfig;
import io.crontopus.agent.config.SchedulerChoice;
import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.inventory.InstanceReport;
import io.crontopus.agent.inventory.JobInstance;
import io.crontopus.agent.reconcile.Reconciler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From commits to crontab lines, with real Git. */
class SyncerTest {

  private static final String DAILY = "schedule: '0 2 * * *'\ncommand: 'true'\n";

  @TempDir Path temp;
  private DataDir data;
  private FakeCrontab crontab;
  private ManifestGit git;
  private final List<InstanceReport> drifts = new ArrayList<>();

  @BeforeEach
  void enroll() throws Exception {
    data = TestAgents.data(temp);
    crontab = new FakeCrontab(temp.resolve("cron"));
    Files.writeString(crontab.table(), "0 3 * * * mine\n");
    git = new ManifestGit(temp.resolve("repo"));
    Files.writeString(
        data.endpoint(),
        """
        {"endpoint_id":"ep-1","tenant_id":"t-1","git_repo_url":"%s","git_branch":"main"}
        """
            .formatted(git.url()));
    AtomicFile.write(data.token(), "ep_secret\n");
    configure(Map.of("role", "database"));
  }

  @Test
  void schedulesWhatIsForThisEndpoint() throws Exception {
    git.job("all", DAILY);
    git.job("mine", DAILY + "agent: {selector: {role: database}}\n");
    git.job("others", DAILY + "agent: {selector: {role: web}}\n");
    git.job("off", DAILY + "enabled: false\n");
    git.job("still", DAILY + "paused: true\n");
    git.file(
        "discovered/found.yaml",
        "apiVersion: v1\nkind: Job\nmetadata: {name: found}\nspec:\n" + DAILY.indent(2));
    String commit = git.commit();

    Reconciler.Result result = sync();

    assertThat(lines())
        .containsExactly("# default/all", "# default/mine", "# default/still (paused)");
    assertThat(states(result.report()))
        .containsExactly("all IN_SYNC", "mine IN_SYNC", "still PAUSED");
    assertThat(data.jobs().resolve("commit")).hasContent(commit);
  }

  @Test
  void removesTheOnlyJobWhenItWasRemovedInGit() throws Exception {
    git.job("only", DAILY).commit();
    sync();
    git.remove("default/only.yaml").commit();

    sync();

    assertThat(crontab.table()).hasContent("0 3 * * * mine\n");
    assertThat(data.jobs().toFile().list()).containsExactly("commit");
  }

  @Test
  void holdsBackWhenAnotherHistoryWouldEmptyTheTable() throws Exception {
    git.job("only", DAILY).commit();
    sync();
    git.startOver();

    Reconciler.Result held = sync();
    assertThat(held.plan().objection()).isPresent();
    assertThat(lines()).containsExactly("# default/only");
    assertThat(held.report().instances().getFirst().message().orElseThrow())
        .contains("its removal is held back");

    // What comes on top of the unrelated history proves nothing either.
    git.commit();
    assertThat(sync().plan().objection()).isPresent();

    try (Agent agent = agent()) {
      new Syncer(agent).sync(true, drifts::add);
    }
    assertThat(crontab.table()).hasContent("0 3 * * * mine\n");
  }

  @Test
  void holdsBackWhenMostWouldGo() throws Exception {
    for (int i = 0; i < 10; i++) {
      git.job("job" + i, DAILY);
    }
    git.commit();
    sync();
    for (int i = 0; i < 7; i++) {
      git.remove("default/job" + i + ".yaml");
    }
    git.job("new", DAILY).commit();

    assertThat(sync().plan().held()).hasSize(7);
    assertThat(lines()).hasSize(11).contains("# default/new");
  }

  @Test
  void keepsTheLastGoodVersionOfABrokenManifest() throws Exception {
    git.job("good", DAILY).job("other", DAILY).commit();
    sync();
    git.file(
        "default/good.yaml",
        "apiVersion: v1\nkind: Job\nmetadata: {name: good}\nspec: {schedule: x}\n");
    git.file("default/never.yaml", "{");
    git.job("other", "schedule: '0 4 * * *'\ncommand: 'true'\n").commit();

    InstanceReport report = sync().report();

    assertThat(crontab.table()).content().contains("0 2 * * *").contains("0 4 * * *");
    assertThat(states(report)).containsExactly("good ERROR", "other IN_SYNC", "never ERROR");
    assertThat(report.instances().getFirst().message().orElseThrow())
        .contains("default/good.yaml:4:");

    // Also after a restart, and after commits that do not touch it.
    git.job("third", DAILY).commit();
    assertThat(states(sync().report()))
        .containsExactly("good ERROR", "other IN_SYNC", "third IN_SYNC", "never ERROR");

    git.job("good", DAILY).remove("default/never.yaml").commit();
    assertThat(states(sync().report())).doesNotContain("good ERROR", "never ERROR");
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    git.job("a", DAILY + "user: nobody-else\n");
    git.job("b", DAILY + "isolation: {container: {image: x}}\n");
    git.job("c", DAILY + "resources: {cpu: '0.5'}\n").commit();

    InstanceReport report = sync().report();

    assertThat(lines()).containsExactly("# default/c");
    assertThat(report.instances())
        .extracting(instance -> instance.job().name() + " " + instance.message().orElse(""))
        .anyMatch(
            text ->
                text.startsWith("a default/a.yaml") && text.contains("spec.user is nobody-else"))
        .anyMatch(text -> text.startsWith("b ") && text.contains("containers"))
        .anyMatch(text -> text.startsWith("c ") && text.contains("cpu"));
  }

  @Test
  void goesOnWithWhatItKnowsWhileGitIsAway() throws Exception {
    git.job("a", DAILY).commit();
    sync();
    Files.move(temp.resolve("repo"), temp.resolve("away"));
    Files.writeString(crontab.table(), "");

    try (Agent agent = agent()) {
      Syncer.Round round = new Syncer(agent).sync(false, drifts::add);
      assertThat(round.gitProblem()).isPresent();
    }

    assertThat(lines()).containsExactly("# default/a");
    assertThat(drifts).hasSize(1);
    assertThat(states(drifts.getFirst())).containsExactly("a DRIFTED");
  }

  @Test
  void touchesNothingBeforeItKnowsWhatShouldRun() throws Exception {
    try (Agent agent = agent()) {
      assertThat(new Syncer(agent).sync(false, drifts::add).result()).isEmpty();
    }
    assertThat(crontab.table()).hasContent("0 3 * * * mine\n");
  }

  @Test
  void showsWhatItWouldDo() throws Exception {
    git.job("a", DAILY).commit();
    try (Agent agent = agent()) {
      Reconciler.Result result = new Syncer(agent).preview(false).result().orElseThrow();
      assertThat(result.change().diff())
          .startsWith("--- crontab (now)\n+++ crontab (after)\n")
          .contains("\n 0 3 * * * mine\n+# BEGIN crontopus");
    }
    assertThat(crontab.table()).hasContent("0 3 * * * mine\n");
  }

  @Test
  void holdsBackWhenALabelThatChangedLeavesNothing() throws Exception {
    git.job("mine", DAILY + "agent: {selector: {role: database}}\n").commit();
    sync();

    configure(Map.of());

    assertThat(sync().plan().objection()).isPresent();
    assertThat(lines()).containsExactly("# default/mine");
  }

  private void configure(Map<String, String> labels) throws IOException {
    AgentConfig base = TestAgents.config();
    CrontabConfig table =
        new CrontabConfig(
            crontab.program().toString(), Optional.empty(), Optional.of(ZoneOffset.UTC), 3);
    ConfigFile.write(
        data,
        new AgentConfig(
            base.server(),
            base.caFile(),
            base.name(),
            labels,
            SchedulerChoice.CRON,
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
            base.logLevel()));
  }

  private Agent agent() throws IOException {
    return Agent.open(data, Optional.empty(), Clock.systemUTC());
  }

  /** As a new process would. */
  private Reconciler.Result sync() throws IOException {
    try (Agent agent = agent()) {
      Syncer.Round round = new Syncer(agent).sync(false, drifts::add);
      assertThat(round.gitProblem()).isEmpty();
      return round.result().orElseThrow();
    }
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(crontab.table()).stream()
        .filter(line -> line.startsWith("# default/"))
        .toList();
  }

  private static List<String> states(InstanceReport report) {
    return report.instances().stream()
        .map((JobInstance instance) -> instance.job().name() + " " + instance.state())
        .toList();
  }
}
