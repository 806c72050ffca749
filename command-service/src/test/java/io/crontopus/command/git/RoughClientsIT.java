package io.crontopus.command.git;

import static io.crontopus.command.git.GitServer.ACME;
import static io.crontopus.command.git.GitServer.READER;
import static io.crontopus.command.git.GitServer.WRITER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Clients that die, dawdle, come in crowds or speak something else. */
class RoughClientsIT {
  private static final String UPLOAD = "application/x-git-upload-pack-request";
  private static final String RECEIVE = "application/x-git-receive-pack-request";

  @TempDir Path root;
  @TempDir Path work;
  GitServer server;
  HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    server = new GitServer(root, DataSize.ofMegabytes(32), 2, 2);
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  @Test
  void answersACompressedRequest() throws Exception {
    String request = "0014command=ls-refs\n00000000";
    HttpResponse<String> response =
        http.send(
            post("/git-upload-pack", UPLOAD, READER)
                .header("Content-Encoding", "gzip")
                .header("Git-Protocol", "version=2")
                .POST(BodyPublishers.ofByteArray(gzip(request.getBytes(UTF_8))))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/x-git-upload-pack-result");
    assertThat(response.body()).contains("refs/heads/main");
  }

  @Test
  void aCompressedBombEndsAtTheLimit() throws Exception {
    byte[] bomb = gzip(new byte[64 * 1024 * 1024]);
    HttpResponse<String> response =
        http.send(
            post("/git-receive-pack", RECEIVE, WRITER)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bomb))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).isBetween(200, 499);
    assertServes();
  }

  @Test
  void aPackThatAnnouncesTooManyObjectsIsRefusedBeforeMemoryIsTaken() throws Exception {
    String head = main();
    String command =
        head + " " + head.replace(head.charAt(0), '1') + " refs/heads/x\0report-status";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write("%04x%s0000".formatted(command.length() + 4, command).getBytes(UTF_8));
    body.write("PACK".getBytes(UTF_8));
    body.write(new byte[] {0, 0, 0, 2, 0x7f, -1, -1, -1});
    HttpResponse<String> response =
        http.send(
            post("/git-receive-pack", RECEIVE, WRITER)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.body()).contains("2147483647 objects, more than the 200000");
  }

  @Test
  void nonsenseIsAnsweredNotFailed() throws Exception {
    for (String[] call :
        List.of(
            new String[] {"/git-upload-pack", UPLOAD},
            new String[] {"/git-receive-pack", RECEIVE})) {
      for (String body : List.of("", "nonsense", "zzzz", "0003", "ffff", "0000", "0032want x\n")) {
        HttpResponse<String> response =
            http.send(
                post(call[0], call[1], WRITER).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s %s", call[0], body).isLessThan(500);
      }
    }
    HttpResponse<String> wrongKind =
        http.send(
            post("/git-upload-pack", "text/plain", WRITER)
                .POST(BodyPublishers.ofString("x"))
                .build(),
            BodyHandlers.ofString());
    assertThat(wrongKind.statusCode()).isEqualTo(415);
  }

  @Test
  void theDumbProtocolIsRefusedInWords() throws Exception {
    for (String path : List.of("/info/refs", "/HEAD", "/objects/info/packs")) {
      HttpResponse<String> response =
          http.send(request(path, READER).GET().build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).contains("dumb HTTP");
    }
    assertThat(status("/../../../etc/passwd")).isIn(400, 404);
    assertThat(status("/config")).isEqualTo(404);
  }

  @Test
  void aConnectionIsUsableAfterARefusalThatLeftABodyUnread() throws Exception {
    byte[] body = new byte[1024 * 1024];
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> response =
          http.send(
              post("/git-receive-pack", RECEIVE, "ctp_wrong")
                  .POST(BodyPublishers.ofByteArray(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Basic realm=\"crontopus\"");
    }
    assertServes();
  }

  @Test
  void aPusherThatIsKilledLeavesNothingBehind() throws Exception {
    Git git = Git.clone(server.url(WRITER), work.resolve("a"));
    byte[] noise = new byte[14 * 1024 * 1024];
    new Random(1).nextBytes(noise);
    Files.write(git.folder().resolve("noise.bin"), noise);
    git.commit("Add noise");
    String before = main();
    for (int i = 0; i < 4; i++) { // more than work at the same time
      half("/git-receive-pack", RECEIVE, "PACK");
    }
    Process process = git.start("push", "origin", "HEAD:main");
    await().until(() -> incoming() > 0 || !process.isAlive());
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor();
    await().until(() -> incoming() == 0);
    assertServes();
    assertThat(main()).isIn(before, git.head());
    git.push().ok();
    assertThat(main()).isEqualTo(git.head());
  }

  @Test
  void crowdsAreToldToComeBack() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        slow.add(half("/git-upload-pack", UPLOAD, "00"));
      }
      await().until(() -> status("/info/refs?service=git-upload-pack") == 503);
      HttpResponse<String> response =
          http.send(
              request("/info/refs?service=git-upload-pack", READER).GET().build(),
              BodyHandlers.ofString());
      assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(response.body()).contains("busy");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    await().until(() -> status("/info/refs?service=git-upload-pack") == 200);
  }

  @Test
  void aClientThatStandsStillIsDropped() throws Exception {
    GitSettings patient = GitServer.settings(root, DataSize.ofMegabytes(32), 1, 0);
    GitSettings impatient =
        new GitSettings(
            patient.root(),
            patient.bodyLimit(),
            patient.objectLimit(),
            patient.maxObjects(),
            patient.maxFiles(),
            patient.maxRefs(),
            patient.repositoryLimit(),
            patient.concurrency(),
            patient.queue(),
            Duration.ofMillis(400));
    server.close();
    server = new GitServer(root, impatient, null);
    try (Socket still = half("/git-upload-pack", UPLOAD, "00")) {
      still.setSoTimeout(20_000);
      String answer = new String(still.getInputStream().readNBytes(12), ISO_8859_1);
      assertThat(answer).isEqualTo("HTTP/1.1 503");
    }
    assertServes();
  }

  @Test
  void aClientThatMayNotGoOnIsNotWaitedFor() throws Exception {
    try (Socket fetch = half("/git-upload-pack", UPLOAD, "00")) {
      fetch.setSoTimeout(20_000);
      server.endAllOf(WRITER);
      String answer = new String(fetch.getInputStream().readNBytes(12), ISO_8859_1);
      assertThat(answer).isEqualTo("HTTP/1.1 403");
    }
    assertServes();
  }

  private void assertServes() throws Exception {
    for (int i = 0; i < 8; i++) { // more than there are places, were any lost
      await().until(() -> status("/info/refs?service=git-upload-pack") == 200);
    }
  }

  private int status(String path) throws IOException, InterruptedException {
    return http.send(request(path, READER).GET().build(), BodyHandlers.discarding()).statusCode();
  }

  /** Begins a request and stays connected. */
  private Socket half(String path, String type, String start) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    OutputStream out = socket.getOutputStream();
    String head =
        """
        POST /git/acme/job-manifests.git%s HTTP/1.1
        Host: localhost
        Authorization: %s
        Content-Type: %s
        Content-Length: 1000

        %s"""
            .formatted(path, basic(WRITER), type, start);
    out.write(head.replace("\n", "\r\n").getBytes(ISO_8859_1));
    out.flush();
    if (path.contains("receive")) {
      socket.close();
    }
    return socket;
  }

  private HttpRequest.Builder post(String path, String type, String token) {
    return request(path, token).header("Content-Type", type);
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:%d/git/%s/job-manifests.git%s"
                    .formatted(server.port(), ACME, path)))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", basic(token));
  }

  private static String basic(String token) {
    return "Basic " + Base64.getEncoder().encodeToString(("any:" + token).getBytes(UTF_8));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private String main() throws IOException {
    try (var repository = server.repositories.open(ACME)) {
      ObjectId id = repository.resolve(GitRepositories.MAIN);
      return id == null ? "" : id.name();
    }
  }

  private long incoming() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(ACME).resolve("job-manifests.git/objects"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("incoming_")).count();
    }
  }
}
