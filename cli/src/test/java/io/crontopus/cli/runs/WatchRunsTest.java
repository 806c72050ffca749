package io.crontopus.cli.runs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WatchRunsTest {
  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform = new TestPlatform();
    shell = Shell.at(platform, home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private static String change(String cursor, String id, String job, String status) {
    return """
        retry: 50
        id: %s
        event: runs
        data: {"key":"%s","run_id":"%s","job_name":"%s","namespace":"default",
        data: "status":"%s","exit_code":0,"duration":1.5}

        """
        .formatted(cursor, id, id, job, status);
  }

  /** Answers connections one after the other; further ones as the last. */
  private void connections(Reply... replies) {
    Iterator<Reply> each = List.of(replies).iterator();
    platform.answering(
        "GET /api/stream",
        request -> {
          synchronized (each) {
            return each.hasNext() ? each.next() : replies[replies.length - 1];
          }
        });
  }

  @Test
  void eachChangeIsALine() {
    connections(
        Reply.events(
            ": hello\n\n"
                + change("7", "r1", "backup", "running")
                + change("8", "r1", "backup", "success")));

    Shell.Result result = shell.run("runs", "watch", "--count", "2");

    assertThat(result)
        .isEqualTo(
            new Shell.Result(
                0,
                """
                12:00:00  running    default/backup  exit 0  1.5 s  r1
                12:00:00  success    default/backup  exit 0  1.5 s  r1
                """,
                ""));
    assertThat(platform.lastRequest().query("topics")).isEqualTo("runs");
    assertThat(platform.lastRequest().header("Accept")).isEqualTo("text/event-stream");
  }

  @Test
  void aLostConnectionIsResumedWhereItBroke() {
    connections(
        Reply.events(change("7", "r1", "backup", "running")),
        Reply.problem(503, "starting", "Starting", "Not ready yet."),
        Reply.events(change("8", "r1", "backup", "success")));

    Shell.Result result = shell.run("runs", "watch", "--count", "2", "-o", "json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"key\":\"r1\""));
    assertThat(platform.requests()).hasSize(3);
    assertThat(platform.requests().get(0).header("Last-Event-ID")).isNull();
    assertThat(platform.requests().get(1).header("Last-Event-ID")).isEqualTo("7");
    assertThat(platform.requests().get(2).header("Last-Event-ID")).isEqualTo("7");
    assertThat(result.err()).contains("Connection lost").contains("Connected again.");
  }

  @Test
  void filtersAreAppliedHere() {
    connections(
        Reply.events(
            change("1", "r1", "backup", "running")
                + change("2", "r2", "report", "failure")
                + change("3", "r3", "backup", "failure")));

    Shell.Result result =
        shell.run("runs", "watch", "--count", "1", "--job", "backup", "--status", "failure");

    assertThat(result.out()).isEqualTo("12:00:00  failure    default/backup  exit 0  1.5 s  r3\n");
  }

  @Test
  void aResetStartsOverFromTheCursorItNames() {
    connections(
        Reply.events("retry: 50\nid: 90\nevent: reset\ndata: {}\n\n"),
        Reply.events(change("91", "r1", "backup", "success")));

    Shell.Result result = shell.run("runs", "watch", "--count", "1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("Some changes were missed");
    assertThat(platform.lastRequest().header("Last-Event-ID")).isEqualTo("90");
  }

  @Test
  void aServerThatIsNotThereAtFirstIsAFailure() {
    platform.close();

    assertThat(shell.run("runs", "watch").exitCode()).isEqualTo(5);
  }

  @Test
  void losingTheRightToWatchEndsIt() {
    connections(
        Reply.events(change("1", "r1", "backup", "running")),
        Reply.problem(401, "unauthorized", "Unauthorized", "The token was revoked."));

    Shell.Result result = shell.run("runs", "watch");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("The token was revoked.");
  }

  @Test
  void aPageOfAProxyIsNotAStream() {
    connections(Reply.of(200, "text/html", "<html>Welcome</html>"));

    Shell.Result result = shell.run("runs", "watch");

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("answered with a web page instead of JSON");
  }

  @Test
  void linesAppearWhileTheStreamIsOpenAndAnInterruptEndsIt() throws Exception {
    var done = new CountDownLatch(1);
    connections(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange
              .getResponseBody()
              .write(change("1", "r1", "backup", "running").getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          try {
            done.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Thread watching = Thread.ofVirtual().start(() -> shell.runLive("runs", "watch"));

    await().atMost(10, SECONDS).until(() -> shell.output().contains("running"));

    assertThat(watching.isAlive()).isTrue();
    done.countDown();
    watching.interrupt();
    watching.join();
  }
}
