package io.crontopus.command.git;

import static io.crontopus.command.git.GitServer.ACME;
import static io.crontopus.command.git.GitServer.READER;
import static io.crontopus.command.git.GitServer.WRITER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHousekeepingIT {
  @TempDir Path root;
  @TempDir Path work;

  @Test
  void manyPushesDoNotLeaveManyPacksAndNothingIsLost() throws IOException {
    try (GitServer server = new GitServer(root)) {
      try (Repository repository = server.repositories.open(ACME)) {
        StoredConfig config = repository.getConfig();
        config.setInt("gc", null, "autoPackLimit", 3);
        config.save();
      }
      Git git = Git.clone(server.url(WRITER), work.resolve("a"));
      for (int i = 0; i < 8; i++) {
        git.write("default/a.yaml", Manifests.job("a", "echo " + i)).commit("n" + i);
        git.push().ok();
      }
      await().until(() -> packs() <= 5);
      Git clone = Git.clone(server.url(READER), work.resolve("b"));
      assertThat(clone.run("rev-list", "--count", "HEAD").output()).isEqualTo("9\n");
      clone.run("fsck", "--strict").ok();
      git.write("default/b.yaml", Manifests.job("b")).commit("after");
      assertThat(git.push().ok().output()).contains("1 job defined, 0 removed");
      await().until(() -> server.recorded.stream().anyMatch(it -> it.commit().equals(git.head())));
    }
  }

  private long packs() throws IOException {
    Path folder = root.resolve(ACME).resolve("job-manifests.git/objects/pack");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".pack")).count();
    }
  }
}
