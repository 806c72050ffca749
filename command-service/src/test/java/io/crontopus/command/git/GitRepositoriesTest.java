package io.crontopus.command.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRepositoriesTest {
  @TempDir Path root;

  @Test
  void createsOnceWithMainAsTheBranch() throws IOException {
    GitRepositories repositories = new GitRepositories(root);
    assertThat(repositories.create("acme")).isTrue();
    assertThat(repositories.create("acme")).isFalse();
    assertThat(repositories.tenants()).containsExactly("acme");
    try (Repository repository = repositories.open("acme")) {
      assertThat(repository.getFullBranch()).isEqualTo("refs/heads/main");
      assertThat(repository.resolve("main:default/README.md")).isNotNull();
      assertThat(repository.resolve("main:discovered/README.md")).isNotNull();
    }
    assertThat(root.resolve("acme"))
        .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
  }

  @Test
  void ofManyCreatorsAtOnceOneWins() throws Exception {
    GitRepositories repositories = new GitRepositories(root);
    Callable<Boolean> creator = () -> repositories.create("acme");
    int winners = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> won :
          threads.invokeAll(List.of(creator, creator, creator, creator, creator, creator))) {
        winners += won.get() ? 1 : 0;
      }
    }
    assertThat(winners).isEqualTo(1);
    repositories.open("acme").close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".", "a/b", "../a", "A", "-a", "a-", "a_b", "é", "a\0", "a\n"})
  void whatIsNoTenantIdNamesNoFolder(String tenantId) {
    GitRepositories repositories = new GitRepositories(root);
    assertThat(repositories.exists(tenantId)).isFalse();
    assertThatThrownBy(() -> repositories.open(tenantId))
        .isInstanceOf(RepositoryNotFoundException.class);
    assertThatThrownBy(() -> repositories.create(tenantId))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void tenantIdsHaveAtMost63Characters() {
    GitRepositories repositories = new GitRepositories(root);
    assertThat(repositories.create("a".repeat(63))).isTrue();
    assertThat(repositories.exists("a".repeat(64))).isFalse();
  }

  @Test
  void aLockThatAKilledProcessLeftIsRemoved() throws IOException {
    GitRepositories repositories = new GitRepositories(root);
    repositories.create("acme");
    Path held = root.resolve("acme/job-manifests.git/refs/heads/main.lock");
    Path left = root.resolve("acme/job-manifests.git/packed-refs.lock");
    Files.createFile(held);
    Files.createFile(left);
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(120)));
    repositories.open("acme").close();
    assertThat(held).exists();
    assertThat(left).doesNotExist();
  }

  @Test
  void anEmptyRootHasNoTenants() {
    assertThat(new GitRepositories(root.resolve("none")).tenants()).isEmpty();
  }
}
