package io.crontopus.command.git;

import static io.crontopus.command.git.GitServer.ACME;
import static io.crontopus.command.git.GitServer.WRITER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.crontopus.manifest.JobId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ObservedPushIT {
  @TempDir Path root;
  @TempDir Path work;
  GitServer server;
  Git git;

  @BeforeEach
  void start() {
    server = new GitServer(root);
    git = Git.clone(server.url(WRITER), work.resolve("a"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsWhoPushedWhat() {
    Instant before = Instant.now().minusSeconds(2);
    String first = git.head();
    String one = git.commit("One\n\nwith a body");
    String two = git.write("default/a.yaml", Manifests.job("a")).commit("Two");
    ObservedPush push = pushed();

    assertThat(push.tenantId()).isEqualTo(ACME);
    assertThat(push.commit()).isEqualTo(two);
    assertThat(push.parent()).isEqualTo(first);
    assertThat(push.authorName()).isEqualTo("Ada");
    assertThat(push.authorEmail()).isEqualTo("ada@example.org");
    assertThat(push.message()).isEqualTo("Two");
    assertThat(push.pushedBy()).isEqualTo("alice");
    assertThat(push.observedAt()).isBetween(before, Instant.now());
    assertThat(push.commits()).extracting(CommitSummary::commit).containsExactly(two, one);
    assertThat(push.commits().getLast().message()).isEqualTo("One\n\nwith a body");
    assertThat(push.files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.path()).isEqualTo("default/a.yaml");
              assertThat(file.change()).isEqualTo(Change.ADDED);
              assertThat(file.problems()).isEmpty();
              assertThat(file.jobs())
                  .extracting(ObservedJob::jobId)
                  .containsExactly(JobId.of(ACME, "default", "a"));
            });
    assertThat(push.removedJobs()).isEmpty();
  }

  @Test
  void aRemovedFileRemovesItsJobsAndAMovedJobStays() {
    git.write("default/a.yaml", Manifests.job("a") + "---\n" + Manifests.job("b"));
    git.commit("Add");
    pushed();
    git.remove("default/a.yaml").write("default/elsewhere.yaml", Manifests.job("b"));
    git.commit("Move b, remove a");
    ObservedPush push = pushed();
    assertThat(push.removedJobs()).containsExactly(job("a"));
    assertThat(push.files())
        .extracting(ObservedFile::path, ObservedFile::change)
        .containsExactly(
            tuple("default/a.yaml", Change.REMOVED), tuple("default/elsewhere.yaml", Change.ADDED));
    assertThat(jobs(push)).containsExactly(job("b"));
  }

  @Test
  void aFileThatBecomesInvalidKeepsItsJobsAndItsPusherReadsWhy() {
    git.write("default/a.yaml", Manifests.job("a")).commit("Add");
    pushed();
    git.write("default/a.yaml", Manifests.INVALID).commit("Break");
    Git.Result result = git.push().ok();
    assertThat(result.output())
        .contains("remote: default/a.yaml:6:")
        .contains(" spec.schedule: ")
        .contains("remote: 0 jobs defined, 0 removed, 1 file with errors");
    ObservedPush broken = last();
    assertThat(broken.removedJobs()).isEmpty();
    assertThat(jobs(broken)).isEmpty();
    assertThat(broken.files().getFirst().problems()).isNotEmpty();

    git.commit("Nothing of interest");
    assertThat(pushed().files()).isEmpty();

    git.remove("default/a.yaml").commit("Give up");
    ObservedPush gone = pushed();
    assertThat(gone.removedJobs()).containsExactly(job("a"));
  }

  @Test
  void aJobDefinedTwiceKeepsItsLastGoodDefinition() {
    git.write("default/a.yaml", Manifests.job("a", "first")).commit("Add");
    pushed();
    git.write("default/b.yaml", Manifests.job("a", "second")).commit("Claim it again");
    ObservedPush twice = pushed();
    assertThat(jobs(twice)).isEmpty();
    assertThat(twice.removedJobs()).isEmpty();
    assertThat(twice.files())
        .extracting(ObservedFile::path)
        .containsExactly("default/a.yaml", "default/b.yaml");
    assertThat(twice.files()).allSatisfy(file -> assertThat(file.problems()).hasSize(1));

    git.remove("default/a.yaml").commit("Settle it");
    ObservedPush settled = pushed();
    assertThat(settled.removedJobs()).isEmpty();
    assertThat(jobs(settled)).containsExactly(job("a"));
    assertThat(settled.files().getLast().jobs().getFirst().manifest().spec().command())
        .isEqualTo("second");
    assertThat(settled.files().getLast().problems()).isEmpty();
  }

  @Test
  void hugeManifestsAreProblemsNotFailures() {
    git.write("default/huge.yaml", "#".repeat(1024 * 1024 + 1)).commit("Huge");
    assertThat(git.push().ok().output()).contains("default/huge.yaml:1:1", "1 MiB");
    assertThat(last().files().getFirst().problems()).hasSize(1);
  }

  @Test
  void aThousandManifestsComeInOnePush() {
    for (int i = 0; i < 1000; i++) {
      git.write("default/job-" + i + ".yaml", Manifests.job("job-" + i));
    }
    git.commit("Many");
    assertThat(git.push().ok().output()).contains("1000 jobs defined, 0 removed");
    ObservedPush push = last();
    assertThat(jobs(push)).hasSize(1000);

    git.write("default/job-7.yaml", Manifests.job("job-7", "changed")).commit("One of many");
    ObservedPush one = pushed();
    assertThat(one.files()).hasSize(1);
    assertThat(jobs(one)).containsExactly(job("job-7"));
  }

  @Test
  void pushesAreRecordedInOrderByTheNextProcessWhenThisOneCannot() {
    AtomicBoolean broken = new AtomicBoolean(true);
    List<ObservedPush> taken = new CopyOnWriteArrayList<>();
    PushRecorder recorder =
        push -> {
          if (broken.get()) {
            throw new IllegalStateException("the database is away");
          }
          taken.add(push);
        };
    server.close();
    Path other = work.resolve("other-root");
    GitSettings settings = GitServer.settings(other, DataSize.ofMegabytes(64), 8, 100);
    String one;
    String two;
    try (GitServer first = new GitServer(other, settings, recorder)) {
      git = Git.clone(first.url(WRITER), work.resolve("b"));
      one = git.write("default/a.yaml", Manifests.job("a")).commit("One");
      git.push().ok();
      two = git.remove("default/a.yaml").commit("Two");
      assertThat(git.push().ok().output()).contains("0 jobs defined, 1 removed");
    }
    broken.set(false);
    try (GitServer second = new GitServer(other, settings, recorder)) {
      second.observer.observeAll();
      await().until(() -> taken.stream().anyMatch(push -> push.commit().equals(two)));
    }
    List<ObservedPush> acme = taken.stream().filter(push -> push.tenantId().equals(ACME)).toList();
    assertThat(acme).extracting(ObservedPush::parent).startsWith((String) null).endsWith(one);
    assertThat(acme).extracting(ObservedPush::commit).endsWith(one, two).hasSize(3);
    assertThat(acme).extracting(ObservedPush::pushedBy).endsWith("alice", "alice");
    assertThat(acme.getLast().removedJobs()).containsExactly(job("a"));
  }

  @Test
  void aRecorderThatFailsForAWhileIsAskedAgain() {
    server.close();
    Path other = work.resolve("other-root");
    GitSettings settings = GitServer.settings(other, DataSize.ofMegabytes(64), 8, 100);
    List<ObservedPush> asked = new CopyOnWriteArrayList<>();
    PushRecorder recorder =
        push -> {
          if (push.tenantId().equals(ACME)) {
            asked.add(push);
            if (asked.size() < 3) {
              throw new IllegalStateException("not now");
            }
          }
        };
    try (GitServer flaky = new GitServer(other, settings, recorder)) {
      flaky.observer.observe(ACME);
      await().until(() -> asked.size() == 3);
      assertThat(asked).allMatch(push -> push.equals(asked.getFirst()));
    }
  }

  @Test
  void ofTwoProcessesOnTheSameFolderOneRecordsAPushAndTheOtherTheNext() {
    try (GitServer second = new GitServer(root)) {
      String one = git.commit("One");
      git.push().ok();
      last();
      git.run("remote", "set-url", "origin", second.url(WRITER)).ok();
      String two = git.commit("Two");
      git.push().ok();
      await().until(() -> second.recorded.stream().anyMatch(push -> push.commit().equals(two)));
      assertThat(second.recorded).extracting(ObservedPush::commit).doesNotContain(one);
    }
  }

  private ObservedPush pushed() {
    git.push().ok();
    return last();
  }

  /** The record of the clone's head, once it is there. */
  private ObservedPush last() {
    String head = git.head();
    await().until(() -> server.recorded.stream().anyMatch(push -> push.commit().equals(head)));
    ObservedPush push = server.recorded.getLast();
    assertThat(push.commit()).isEqualTo(head);
    return push;
  }

  private static List<UUID> jobs(ObservedPush push) {
    return push.files().stream()
        .flatMap(file -> file.jobs().stream())
        .map(ObservedJob::jobId)
        .toList();
  }

  private static UUID job(String name) {
    return JobId.of(ACME, "default", name);
  }
}
