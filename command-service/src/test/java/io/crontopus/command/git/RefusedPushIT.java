package io.crontopus.command.git;

import static io.crontopus.command.git.GitServer.ACME;
import static io.crontopus.command.git.GitServer.READER;
import static io.crontopus.command.git.GitServer.STRANGER;
import static io.crontopus.command.git.GitServer.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class RefusedPushIT {
  @TempDir Path root;
  @TempDir Path work;
  GitServer server;
  Git git;

  @BeforeEach
  void start() {
    server = new GitServer(root, DataSize.ofMegabytes(2), 8, 100);
    git = Git.clone(server.url(WRITER), work.resolve("a"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void mainOnlyMovesForward() {
    String before = git.commit("two");
    git.push().ok();
    git.run("commit", "-q", "--amend", "--allow-empty", "-m", "rewritten").ok();
    assertThat(refused(git.run("push", "-f", "origin", "HEAD:main")))
        .contains("main only moves forward: fetch, merge or rebase, and push again");
    assertThat(remoteMain()).isEqualTo(before);
  }

  @Test
  void aPushWhoseTokenIsRevokedMeanwhileMovesNothing() {
    String before = git.head();
    git.commit("two");
    server.revoke(WRITER);
    assertThat(refused(git.push())).contains("the token was revoked or has expired");
    assertThat(refused(git.run("push", "origin", "HEAD:refs/heads/other")))
        .contains("the token was revoked or has expired");
    assertThat(remoteMain()).isEqualTo(before);
  }

  @Test
  void mainIsNotDeleted() {
    assertThat(refused(git.run("push", "origin", ":main")))
        .contains("main cannot be deleted: its history is the audit trail");
    assertThat(remoteMain()).isEqualTo(git.head());
  }

  @Test
  void thePlatformsOwnRefsAreNotTouched() {
    assertThat(refused(git.run("push", "origin", "HEAD:refs/crontopus/recorded")))
        .contains("only branches and tags can be pushed");
    assertThat(refused(git.run("push", "origin", "HEAD:refs/notes/x")))
        .contains("only branches and tags can be pushed");
  }

  @Test
  void symbolicLinksStayOutOfMain() throws IOException {
    Files.createSymbolicLink(git.folder().resolve("default/link.yaml"), Path.of("../README.md"));
    git.commit("Add a link");
    assertThat(refused(git.push())).contains("symbolic links are not allowed: default/link.yaml");
  }

  @Test
  void submodulesStayOutOfMain() {
    String cacheInfo = "160000," + git.head() + ",default/sub";
    git.run("update-index", "--add", "--cacheinfo", cacheInfo).ok();
    git.run("commit", "-q", "-m", "Add a submodule").ok();
    assertThat(refused(git.push())).contains("submodules are not allowed: default/sub");
  }

  @Test
  void treesThatWouldEscapeAreRefused() {
    String blob = git.run("hash-object", "-w", "README.md").ok().output().strip();
    String tree = git.feed("100644 blob " + blob + "\t.git\n", "mktree");
    String commit = git.run("commit-tree", "-p", "HEAD", "-m", "evil", tree).ok().output().strip();
    assertThat(refused(git.run("push", "origin", commit + ":main"))).contains(".git");
  }

  @Test
  void treesThatNeverEndAreRefused() {
    String blob = git.run("hash-object", "-w", "README.md").ok().output().strip();
    String entries = "100644 blob " + blob + "\ta\n";
    for (int level = 0; level < 12; level++) {
      String tree = git.feed(entries, "mktree");
      StringBuilder next = new StringBuilder();
      for (char name = 'a'; name < 'k'; name++) {
        next.append("040000 tree ").append(tree).append('\t').append(name).append('\n');
      }
      entries = next.toString();
      if (level == 11) {
        String commit =
            git.run("commit-tree", "-p", "HEAD", "-m", "bomb", tree).ok().output().strip();
        assertThat(refused(git.run("push", "origin", commit + ":main")))
            .contains("main holds more than 20000 files and folders");
      }
    }
  }

  @Test
  void packsOverTheLimitAreRefusedWithTheLimit() throws IOException {
    byte[] noise = new byte[9 * 1024 * 1024];
    new Random(1).nextBytes(noise);
    Files.write(git.folder().resolve("noise.bin"), noise);
    git.commit("Add noise");
    assertThat(refused(git.push())).contains("larger than 2 MiB");
    assertThat(root.resolve(ACME).resolve("job-manifests.git/objects"))
        .isDirectoryNotContaining("glob:**incoming_*");
  }

  @Test
  void readersDoNotPush() {
    git.run("remote", "set-url", "origin", server.url(READER)).ok();
    git.commit("two");
    assertThat(refused(git.push()))
        .contains("remote: This token may read but not push: it lacks write:jobs.")
        .contains("403");
  }

  @Test
  void unknownCredentialsAreToldSo() {
    Git.Result result = git.run("ls-remote", server.url("ctp_wrong"));
    assertThat(refused(result)).contains("A valid token is needed", "Authentication failed");
    Git.Result none = git.run("ls-remote", server.url(WRITER).replaceAll("any:.*@", ""));
    assertThat(refused(none)).contains("could not read Username");
  }

  @Test
  void otherTenantsRepositoriesDoNotExist() {
    assertThat(refused(git.run("ls-remote", server.url(STRANGER, ACME)))).contains("not found");
    assertThat(refused(git.run("ls-remote", server.url("ctp_nobody", "nobody"))))
        .contains("not found");
  }

  private static String refused(Git.Result result) {
    assertThat(result.exit()).as(result.output()).isNotZero();
    return result.output();
  }

  private String remoteMain() {
    return git.run("ls-remote", "origin", "main").ok().output().split("\t")[0];
  }
}
