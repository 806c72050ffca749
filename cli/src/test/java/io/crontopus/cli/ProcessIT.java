package io.crontopus.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.TestPlatform;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, between real pipes. */
@Timeout(60)
class ProcessIT {
  @TempDir Path home;
  private TestPlatform platform;

  @BeforeEach
  void start() {
    String runs =
        IntStream.range(0, 1000)
            .mapToObj("{\"run_id\":\"run-%d\",\"job_name\":\"größe\"}"::formatted)
            .collect(Collectors.joining(","));
    platform =
        new TestPlatform()
            .answering(
                "GET /api/runs",
                request ->
                    Reply.json(
                        200,
                        "{\"runs\":[" + runs + "],\"next_cursor\":\"" + System.nanoTime() + "\"}"));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Process shell(String commands) throws IOException {
    var builder = new ProcessBuilder("bash", "-o", "pipefail", "-c", commands);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    builder
        .environment()
        .put(
            "CRONTOPUS",
            java
                + " -XX:TieredStopAtLevel=1 -cp "
                + System.getProperty("java.class.path")
                + " io.crontopus.cli.CrontopusCli");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("CRONTOPUS_SERVER", platform.url());
    builder.environment().put("CRONTOPUS_TOKEN", "ctp_test");
    builder.redirectError(home.resolve("stderr").toFile());
    return builder.start();
  }

  private String stderr() throws IOException {
    return Files.readString(home.resolve("stderr"));
  }

  /** The list never ends; without its reader the command has to. */
  @Test
  void aReaderThatHasSeenEnoughEndsTheCommandQuietly() throws Exception {
    Process process = shell("$CRONTOPUS runs list --all -q | head -2");

    assertThat(text(process)).isEqualTo("run-0\nrun-1\n");
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(141);
    assertThat(stderr()).isEmpty();
  }

  @Test
  void outputIsUtf8InAnyLocale() throws Exception {
    Process process = shell("$CRONTOPUS runs list --limit 1 -o json");

    assertThat(text(process)).contains("größe");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void theLoginIsKeptInTheHomeThatTheEnvironmentNames() throws Exception {
    platform.on("GET /api/auth/me", Reply.json(200, "{\"username\":\"alice\"}"));

    Process process =
        shell("unset XDG_CONFIG_HOME; echo ctp_test | $CRONTOPUS auth login --with-token");

    assertThat(process.waitFor()).isZero();
    assertThat(home.resolve(".config/crontopus/credentials.json")).exists();
  }

  @Test
  void anInterruptEndsWatching() throws Exception {
    var done = new CountDownLatch(1);
    platform.on(
        "GET /api/stream",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          String event = "event: runs\ndata: {\"run_id\":\"r1\",\"status\":\"running\"}\n\n";
          exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          try {
            done.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    // A build that was started in the background ignores interrupts, and so do its children.
    Process process =
        shell(
            """
            env --default-signal=INT true 2>/dev/null && default='env --default-signal=INT'
            exec $default $CRONTOPUS runs watch
            """);

    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).contains("running").contains("r1");
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, SECONDS)).isTrue();
    }
    done.countDown();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(stderr()).isEmpty();
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
