package io.crontopus.standalone.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.Checkout;
import io.crontopus.standalone.harness.Finished;
import io.crontopus.standalone.harness.PlatformProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Order(2)
class UpIT {

  @TempDir Path folder;

  @Test
  void startsStopsAndFindsEverythingAgain() throws IOException {
    Path data = folder.resolve("a folder");
    try (PlatformProcess platform = PlatformProcess.start(data)) {
      assertThat(platform.url()).matches("http://127\\.0\\.0\\.1:\\d+");
      assertThat(platform.api().get("/health").status()).isEqualTo(200);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("credentials.json"))))
          .isEqualTo("rw-------");
      assertThat(Checkout.run("status", "--data", data.toString()).out()).contains(platform.url());

      Finished second = Checkout.run("up", "--data", data.toString());
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err())
          .contains("process " + platform.pid())
          .contains(platform.url())
          .hasLineCount(1);

      String password = platform.credential("password");
      assertThat(platform.stop()).isEqualTo(143);
      assertThat(postgresOn(data)).isEmpty();
      assertThat(Checkout.run("status", "--data", data.toString()).exitCode()).isEqualTo(3);

      String url = platform.url();
      platform.start();
      assertThat(platform.url()).isEqualTo(url);
      assertThat(platform.credential("password")).isEqualTo(password);
    }
  }

  @Test
  void comesBackAfterAKill() {
    Path data = folder.resolve("data");
    try (PlatformProcess platform = PlatformProcess.start(data)) {
      platform.kill();
      platform.start();
      assertThat(platform.api().get("/health").status()).isEqualTo(200);

      // And nothing of it outlives a kill for long.
      platform.kill();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> postgresOn(data).isEmpty());
      assertThat(Checkout.run("down", "--data", data.toString()).err())
          .contains("no platform runs");
    }
  }

  @Test
  void runsDetachedUntilToldToStop() {
    String data = folder.resolve("data").toString();
    Finished up = Checkout.run("up", "--detach", "--port", "0", "--data", data);
    try {
      assertThat(up.exitCode()).isZero();
      assertThat(up.out()).startsWith("ready http://127.0.0.1:").hasLineCount(1);
      assertThat(up.err()).contains("PostgreSQL");
      assertThat(Checkout.run("logs", "--data", data, "-n", "1000").out())
          .contains("database system is ready");
    } finally {
      assertThat(Checkout.run("down", "--data", data).err()).contains("stopped");
    }
    assertThat(postgresOn(Path.of(data))).isEmpty();
    assertThat(Checkout.run("down", "--data", data).exitCode()).isZero();
  }

  @Test
  void letsNobodyIntoItsDatabaseWithoutThePassword() {
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"))) {
      String port = postgresOn(platform.data()).getFirst();
      Assertions.assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                      "jdbc:postgresql://127.0.0.1:" + port + "/crontopus", "crontopus", "x"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void namesATakenPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      refuses(
          "port " + port + " is taken",
          "--data",
          folder.resolve("data").toString(),
          "--port",
          port);
    }
  }

  @Test
  void namesAPortThatIsTakenWhileItStarts() throws IOException {
    Path data = folder.resolve("data");
    CompletableFuture<Void> refused =
        CompletableFuture.runAsync(
            () -> refuses("is taken by another program", "--data", data.toString(), "--port", "0"));
    Path settings = data.resolve("crontopus.json");
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(settings));
    int port = JsonMapper.shared().readTree(Files.readAllBytes(settings)).path("port").asInt();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(refused).succeedsWithin(Duration.ofMinutes(2));
      assertThat(taken.isBound()).isTrue();
    }
  }

  @Test
  void refusesAFolderOfSomethingElse() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "…");
    refuses("holds something else", "--data", folder.toString());
    assertThat(folder)
        .isDirectoryContaining("glob:**/thesis.txt")
        .isDirectoryNotContaining("glob:**/postgres");
  }

  @Test
  void refusesDamagedData() throws IOException {
    Path data = folder.resolve("data");
    try (PlatformProcess platform = PlatformProcess.start(data)) {
      platform.stop();
    }
    Path version = data.resolve("postgres/PG_VERSION");
    Files.writeString(version, "17\n");
    refuses("was made by PostgreSQL 17", "--data", data.toString());
    Files.delete(version);
    refuses("is not a complete PostgreSQL database", "--data", data.toString());
    Files.writeString(version, "18\n");
    Files.writeString(data.resolve("postgres/global/pg_control"), "damaged");
    refuses("PostgreSQL does not start", "--data", data.toString());
    Files.writeString(data.resolve("crontopus.json"), "{\"format\": 1, ");
    refuses("crontopus.json is damaged", "--data", data.toString());
  }

  @Test
  void refusesADatabaseThatIsNotThere() {
    refuses(
        "cannot use the database jdbc:postgresql://127.0.0.1:1/none",
        "--data",
        folder.resolve("data").toString(),
        "--port",
        "0",
        "--database",
        "postgresql://me:secret@127.0.0.1:1/none");
  }

  /** One line that says what is wrong, then a colon and what to do. */
  private static void refuses(String reason, String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "up";
    System.arraycopy(options, 0, arguments, 1, options.length);
    Finished finished = Checkout.run(arguments);
    String last = finished.err().lines().toList().getLast();
    assertThat(finished.exitCode()).isEqualTo(1);
    assertThat(finished.out()).isEmpty();
    assertThat(last).startsWith("crontopus: ").contains(reason).contains(": ");
    assertThat(finished.err()).doesNotContain("\tat ").doesNotContain("secret");
  }

  /** Ports of the PostgreSQL servers that run on {@code data}. */
  private static List<String> postgresOn(Path data) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().arguments().map(List::of).orElse(List.of()))
        .filter(
            arguments ->
                arguments.contains(data.resolve("postgres").toString()) && arguments.contains("-p"))
        .filter(arguments -> arguments.getFirst().equals("-D"))
        .map(arguments -> arguments.get(arguments.indexOf("-p") + 1))
        .toList();
  }
}
