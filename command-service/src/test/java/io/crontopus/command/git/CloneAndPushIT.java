package io.crontopus.command.git;

import static io.crontopus.command.git.GitServer.READER;
import static io.crontopus.command.git.GitServer.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloneAndPushIT {
  @TempDir Path root;
  @TempDir Path work;
  GitServer server;

  @BeforeEach
  void start() {
    server = new GitServer(root);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2"})
  void clonesPushesAndFetchesInEveryProtocolVersion(String version) {
    String protocol = "protocol.version=" + version;
    Git writer = Git.clone(server.url(WRITER), work.resolve("writer"), "-c", protocol);
    Git reader = Git.clone(server.url(READER), work.resolve("reader"), "-c", protocol);
    assertThat(writer.folder().resolve("default/README.md")).exists();
    assertThat(writer.folder().resolve("discovered/README.md")).exists();
    assertThat(writer.run("branch", "--show-current").output()).isEqualTo("main\n");

    String commit = writer.write("default/a.yaml", Manifests.job("a")).commit("Add a");
    assertThat(writer.push().ok().output()).contains("remote: 1 job defined, 0 removed");

    reader.run("pull", "-q").ok();
    assertThat(reader.head()).isEqualTo(commit);
  }

  @Test
  void showsNothingOfThePlatformsOwnRefs() {
    Git git = Git.clone(server.url(WRITER), work.resolve("a"));
    server.observer.observeAll();
    assertThat(git.run("ls-remote").ok().output().lines().map(line -> line.replaceAll(".*\t", "")))
        .filteredOn(line -> !line.startsWith("From"))
        .containsExactlyInAnyOrder("HEAD", "refs/heads/main");
  }

  @Test
  void takesOtherBranchesAndTagsAndTheirRemoval() {
    Git git = Git.clone(server.url(WRITER), work.resolve("a"));
    git.run("tag", "v1").ok();
    git.run("push", "origin", "HEAD:refs/heads/topic", "v1").ok();
    git.run("commit", "-q", "--amend", "-m", "other").ok();
    git.run("push", "-f", "origin", "HEAD:refs/heads/topic").ok();
    git.run("push", "origin", "--delete", "topic", "v1").ok();
    assertThat(git.run("ls-remote").output()).doesNotContain("topic", "v1");
  }

  @Test
  void clonesShallowAndPushesFromThere() {
    Git first = Git.clone(server.url(WRITER), work.resolve("a"));
    first.commit("two");
    first.commit("three");
    first.push().ok();
    Git shallow = Git.clone(server.url(WRITER), work.resolve("b"), "--depth=1");
    assertThat(shallow.run("rev-list", "--count", "HEAD").output()).isEqualTo("1\n");
    String commit = shallow.write("default/a.yaml", Manifests.job("a")).commit("four");
    shallow.push().ok();
    shallow.run("fetch", "-q", "--unshallow").ok();
    assertThat(shallow.run("rev-list", "--count", "HEAD").output()).isEqualTo("4\n");
    first.run("pull", "-q").ok();
    assertThat(first.head()).isEqualTo(commit);
  }

  @Test
  void takesPacksOfManyChunks() throws IOException {
    Git git = Git.clone(server.url(WRITER), work.resolve("a"));
    byte[] noise = new byte[12 * 1024 * 1024];
    new Random(1).nextBytes(noise);
    Files.write(git.folder().resolve("noise.bin"), noise);
    git.commit("Add noise");
    git.push().ok();
    Git other = Git.clone(server.url(READER), work.resolve("b"));
    assertThat(other.folder().resolve("noise.bin")).hasBinaryContent(noise);
  }

  @Test
  void fetchesWithCompressedRequests() {
    Git writer = Git.clone(server.url(WRITER), work.resolve("a"));
    Git reader = Git.clone(server.url(READER), work.resolve("b"), "-c", "protocol.version=0");
    for (int i = 0; i < 60; i++) { // enough "have" lines that the client compresses them
      reader.commit("local " + i);
    }
    String commit = writer.commit("remote");
    writer.push().ok();
    String trace = reader.run("-c", "http.extraHeader=X: y", "fetch", "-v").ok().output();
    assertThat(trace).contains("main");
    assertThat(reader.run("rev-parse", "origin/main").output().strip()).isEqualTo(commit);
  }

  @Test
  void servesClonesWhileOthersPush() throws Exception {
    Git writer = Git.clone(server.url(WRITER), work.resolve("writer"));
    List<Callable<Void>> clients = new ArrayList<>();
    clients.add(
        () -> {
          for (int i = 0; i < 10; i++) {
            writer.write("default/job-" + i + ".yaml", Manifests.job("job-" + i)).commit("n" + i);
            writer.push().ok();
          }
          return null;
        });
    for (int client = 0; client < 4; client++) {
      Path folder = work.resolve("client-" + client);
      Files.createDirectory(folder);
      clients.add(
          () -> {
            for (int i = 0; i < 5; i++) {
              Git clone = Git.clone(server.url(READER), folder.resolve("clone-" + i));
              clone.run("fsck", "--strict").ok();
            }
            return null;
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> client : threads.invokeAll(clients)) {
        client.get();
      }
    }
  }
}
