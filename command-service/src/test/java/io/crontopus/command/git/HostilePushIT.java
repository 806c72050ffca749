package io.crontopus.command.git;

import static io.crontopus.command.git.GitServer.ACME;
import static io.crontopus.command.git.GitServer.STRANGER;
import static io.crontopus.command.git.GitServer.WRITER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Trees, names and addresses that no Git client would send, and some that one can be made to. */
class HostilePushIT {
  private static final String NOTHING = "0".repeat(40);

  @TempDir Path root;
  @TempDir Path work;
  GitServer server;
  Git git;
  HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    server = new GitServer(root);
    git = Git.clone(server.url(WRITER), work.resolve("a"));
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git",
        ".GIT",
        ".Git",
        "git~1",
        "GIT~1",
        ".git.",
        ".git ",
        ".g\u200cit",
        ".",
        "..",
        "a/b",
        "a\\b",
        "a:b",
        "aux",
        "com1.yaml",
        "..\\x",
        "end.",
        "end "
      })
  void namesThatMeanSomethingElseToSomeSystemAreRefused(String name) throws IOException {
    String commit = commitOf(name);
    // On another branch as well: what is stored is checked, not only what is checked out.
    for (String branch : List.of("main", "other")) {
      Git.Result push = git.run("push", "origin", commit + ":refs/heads/" + branch);
      assertThat(push.exit()).as(push.output()).isNotZero();
      assertThat(push.output())
          .as(name)
          .containsAnyOf("invalid name", "not allowed in Windows filename", "name contains '/'");
    }
    assertThat(refs()).containsExactly("refs/heads/main");
    git.write("default/fine.yaml", "").commit("Go on");
    git.push().ok();
  }

  @Test
  void linksAreFoundInFoldersToo() throws IOException {
    Files.createDirectories(git.folder().resolve("a/b/c"));
    Files.createSymbolicLink(git.folder().resolve("a/b/c/passwd"), Path.of("/etc/passwd"));
    git.commit("Add a link");
    Git.Result push = git.push();
    assertThat(push.exit()).isNotZero();
    assertThat(push.output()).contains("symbolic links are not allowed: a/b/c/passwd");
  }

  @Test
  void aSmallPackOfALargeFileIsRefused() throws IOException {
    Files.write(git.folder().resolve("zeros.bin"), new byte[17 * 1024 * 1024]);
    git.commit("Add zeros");
    Git.Result push = git.push();
    assertThat(push.exit()).isNotZero();
    assertThat(push.output()).contains("size limit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs/heads/../../x",
        "refs/heads/../main",
        "refs/heads/x/../../crontopus/recorded",
        "refs/heads/..",
        "refs/heads/.hidden",
        "refs/heads/x.lock",
        "refs/heads/a..b",
        "refs/heads/a b",
        "refs/heads/a\\b",
        "refs/heads/@{x",
        "refs/heads/",
        "refs/heads//x",
        "refs/heads/MAIN",
        "refs/crontopus/recorded",
        "refs/crontopus/in-force",
        "refs/x",
        "HEAD",
        "FETCH_HEAD",
        "config",
        "../../config",
        "/etc/passwd",
        "hooks/post-receive"
      })
  void refsAreBranchesAndTagsWithPlainNames(String name) throws Exception {
    Set<String> before = files();
    String answer = create(name, git.head());
    // What is no name at all, which no git sends, gets no report: the conversation ends there.
    assertThat(answer).as(name).doesNotContain("ok " + name).matches("(?s)|.*(ng |remote|not).*");
    assertThat(refs()).containsExactly("refs/heads/main");
    assertThat(files()).isEqualTo(before);
    assertThat(head()).isEqualTo("ref: refs/heads/main");
  }

  @Test
  void namesThatNoFileCanHaveAreRefused() throws Exception {
    assertThat(create("refs/heads/" + "x".repeat(5_000), git.head()))
        .contains("the name is longer than 200 characters");
    assertThat(create("refs/heads/x", git.head())).contains("ok refs/heads/x");
  }

  @Test
  void headStaysWhereItIs() throws Exception {
    git.write("default/head.yaml", "").commit("Go on");
    Git.Result push = git.run("push", "origin", "HEAD:HEAD");
    assertThat(push.exit()).isNotZero();
    assertThat(push.output()).contains("nothing can be called HEAD");
    assertThat(head()).isEqualTo("ref: refs/heads/main");
  }

  @Test
  void thePlatformsOwnObjectsAreNeitherFetchedNorNamed() throws Exception {
    git.write("default/a.yaml", Manifests.job("a")).commit("Add a");
    git.push().ok();
    String hidden = await().until(() -> hidden("refs/crontopus/in-force"), id -> !id.isEmpty());
    assertThat(git.run("ls-remote", "origin").ok().output()).doesNotContain("crontopus/");
    Git.Result fetch = git.run("fetch", "origin", hidden);
    assertThat(fetch.exit()).as(fetch.output()).isNotZero();
    String named = create("refs/heads/stolen", hidden);
    assertThat(named).doesNotContain("ok refs/heads/stolen");
    assertThat(refs()).containsExactly("refs/heads/main");
  }

  @Test
  void thereAreOnlySoManyBranches() {
    restart(settings(3, DataSize.ofGigabytes(1)));
    git.run("push", "origin", "HEAD:refs/heads/a", "HEAD:refs/tags/b").ok();
    Git.Result more = git.run("push", "origin", "HEAD:refs/heads/c");
    assertThat(more.output()).contains("there are 3 branches and tags already");
    git.run("push", "origin", ":refs/heads/a").ok();
    git.run("push", "origin", "HEAD:refs/heads/c").ok();
    git.commit("main still moves");
    git.push().ok();
  }

  @Test
  void aRepositoryThatIsFullTakesNoMore() throws IOException {
    restart(settings(3, DataSize.ofKilobytes(64)));
    byte[] noise = new byte[128 * 1024];
    new Random(1).nextBytes(noise);
    Files.write(git.folder().resolve("noise.bin"), noise);
    git.commit("Add noise");
    git.push().ok();
    git.commit("One more");
    Git.Result push = git.push();
    assertThat(push.exit()).isNotZero();
    assertThat(push.output()).contains("more than the 65536 bytes that this server keeps of one");
    Git.clone(server.url(WRITER), work.resolve("b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/git/../git/stranger/job-manifests.git/info/refs",
        "/git/acme/../stranger/job-manifests.git/info/refs",
        "/git/acme/..%2fstranger/job-manifests.git/info/refs",
        "/git/acme%2f..%2fstranger/job-manifests.git/info/refs",
        "/git/acme/job-manifests.git/../../stranger/job-manifests.git/info/refs",
        "/git/%2e%2e/job-manifests.git/info/refs",
        "/git/acme%00/job-manifests.git/info/refs",
        "/git/acme%5c..%5cstranger/job-manifests.git/info/refs",
        "/git/stranger;x=acme/job-manifests.git/info/refs",
        "/git/acme/job-manifests.git/objects/../config",
        "/git/acme/job-manifests.git/%2e%2e/%2e%2e/stranger/job-manifests.git/config",
        "/git//etc/passwd",
        "/git/ACME/job-manifests.git/info/refs",
        "//git/acme/job-manifests.git/info/refs",
        "/git/acme/job-manifests.git//info/refs"
      })
  void addressesLeadToOnesOwnRepositoryOrNowhere(String path) throws IOException {
    String answer = ask(path + "?service=git-upload-pack", WRITER);
    assertThat(answer).matches("(?s)HTTP/1.1 (400|403|404) .*");
    assertThat(answer).doesNotContain("refs/heads", "[core]", "root:");
  }

  @Test
  void anotherTenantsRepositoryIsOnesOwnToNobodyElse() throws IOException {
    assertThat(ask("/git/acme/job-manifests.git/info/refs?service=git-upload-pack", STRANGER))
        .startsWith("HTTP/1.1 404 ");
  }

  /** A commit on top of the branch whose tree has a file of this name. */
  private String commitOf(String name) throws IOException {
    try (Repository local =
            new FileRepositoryBuilder().setGitDir(git.folder().resolve(".git").toFile()).build();
        ObjectInserter inserter = local.newObjectInserter()) {
      ObjectId blob = inserter.insert(Constants.OBJ_BLOB, new byte[] {'x'});
      TreeFormatter tree = new TreeFormatter();
      byte[] bytes = name.getBytes(UTF_8);
      tree.append(bytes, 0, bytes.length, FileMode.REGULAR_FILE, blob);
      String id = inserter.insert(tree).name();
      inserter.flush();
      return git.run("commit-tree", "-p", "HEAD", "-m", "evil", id).ok().output().strip();
    }
  }

  /** Asks for a ref as no client would: one command and an empty pack. */
  private String create(String ref, String target) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String command = NOTHING + " " + target + " " + ref + "\0report-status";
    byte[] line = command.getBytes(UTF_8);
    body.write("%04x".formatted(line.length + 4).getBytes(UTF_8));
    body.write(line);
    body.write("0000".getBytes(UTF_8));
    byte[] pack = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, 0};
    body.write(pack);
    body.write(MessageDigest.getInstance("SHA-1").digest(pack));
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:%d/git/%s/job-manifests.git/git-receive-pack"
                            .formatted(server.port(), ACME)))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", basic(WRITER))
                .header("Content-Type", "application/x-git-receive-pack-request")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(ref).isLessThan(500);
    return response.body();
  }

  /** What a server says to a path that no client's library would let through. */
  private String ask(String path, String token) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      String head =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
              .formatted(path, basic(token));
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String basic(String token) {
    return "Basic " + Base64.getEncoder().encodeToString(("any:" + token).getBytes(UTF_8));
  }

  private GitSettings settings(int maxRefs, DataSize repositoryLimit) {
    GitSettings usual = GitServer.settings(root, DataSize.ofMegabytes(2), 4, 10);
    return new GitSettings(
        usual.root(),
        usual.bodyLimit(),
        usual.objectLimit(),
        usual.maxObjects(),
        usual.maxFiles(),
        maxRefs,
        repositoryLimit,
        usual.concurrency(),
        usual.queue(),
        usual.idleTimeout());
  }

  private void restart(GitSettings settings) {
    server.close();
    server = new GitServer(root, settings, null);
    git.run("remote", "set-url", "origin", server.url(WRITER)).ok();
  }

  private List<String> refs() throws IOException {
    try (Repository repository = server.repositories.open(ACME)) {
      return repository.getRefDatabase().getRefsByPrefix("refs/").stream()
          .map(Ref::getName)
          .filter(name -> !name.startsWith("refs/crontopus/"))
          .toList();
    }
  }

  private String hidden(String name) throws IOException {
    try (Repository repository = server.repositories.open(ACME)) {
      ObjectId id = repository.resolve(name);
      return id == null ? "" : id.name();
    }
  }

  private String head() throws IOException {
    return Files.readString(root.resolve(ACME).resolve("job-manifests.git/HEAD")).strip();
  }

  /** Everything below the root that is neither an object nor the platform's own. */
  private Set<String> files() throws IOException {
    Set<String> files = new HashSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            // Objects come and go while packs are taken in.
            return folder.endsWith("objects")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = root.relativize(file).toString();
            if (!name.contains("crontopus")) {
              files.add(name);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path gone, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
