package io.crontopus.command.sso;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Keycloak itself, unpacked by the build, with the realm of the tests, on the loopback interface.
 */
public final class Keycloak implements AutoCloseable {

  /** The secret of the realm's client. */
  public static final String SECRET = "the-secret-of-the-test-realm";

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Path REALM = Path.of("src/test/resources/keycloak/crontopus-realm.json");

  private final Process process;
  private final int port;

  private Keycloak(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @param unpacked the folder that its distribution was unpacked to
   */
  public static Keycloak start(Path unpacked) throws Exception {
    Path home;
    try (Stream<Path> folders = Files.list(unpacked)) {
      home =
          folders
              .filter(folder -> Files.exists(folder.resolve("bin/kc.sh")))
              .findFirst()
              .orElseThrow();
    }
    Path realms = Files.createDirectories(home.resolve("data/import"));
    Files.copy(REALM, realms.resolve("crontopus-realm.json"), StandardCopyOption.REPLACE_EXISTING);
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--cache=local")
            .redirectErrorStream(true)
            .redirectOutput(unpacked.resolve("keycloak.log").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Keycloak keycloak = new Keycloak(builder.start(), port);
    keycloak.awaitAnswer(unpacked.resolve("keycloak.log"));
    return keycloak;
  }

  public String issuer() {
    return "http://127.0.0.1:" + port + "/realms/crontopus";
  }

  private void awaitAnswer(Path log) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    URI asked = URI.create(issuer() + "/.well-known/openid-configuration");
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!answers(http, asked)) {
        if (!process.isAlive() || Instant.now().isAfter(end)) {
          close();
          throw new IllegalStateException("Keycloak does not answer, see " + log.toAbsolutePath());
        }
        boolean _ = process.waitFor(500, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static boolean answers(HttpClient http, URI asked) throws InterruptedException {
    try {
      return http.send(HttpRequest.newBuilder(asked).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (process.waitFor(30, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
