package io.crontopus.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FailuresTest {
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

  private Shell.Result listing(Reply reply) {
    platform.on("GET /api/jobs", reply);
    return shell.run("jobs", "list");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 1", "401, 4", "403, 4", "404, 3", "409, 6", "412, 6", "422, 1", "429, 1", "500, 1",
    "502, 5", "503, 5", "504, 5"
  })
  void theExitCodeTellsTheKindOfProblem(int status, int exitCode) {
    Shell.Result result = listing(Reply.problem(status, "code", "Title", "Detail."));

    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("error: Title: Detail.\n");
  }

  @Test
  void aProblemIsShownWithEveryFieldAndItsTraceId() {
    Shell.Result result =
        listing(
            Reply.problem(
                    422,
                    "invalid",
                    "Invalid input",
                    "2 fields are wrong.",
                    """
                    [{"pointer":"/name","detail":"must not be empty"},\
                    {"pointer":"/scopes/0","detail":"unknown\\u001b[2J"}]""")
                .withHeader("Retry-After", "7"));

    assertThat(result.err())
        .isEqualTo(
            """
            error: Invalid input: 2 fields are wrong.
              /name: must not be empty
              /scopes/0: unknown\\x1b[2J
            Try again in 7 s.
            Trace id: 4bf92f3577b34da6a3ce929d0e0e4736
            """);
  }

  @Test
  void aRefusedTokenSaysHowToLogIn() {
    Shell.Result result =
        listing(Reply.problem(401, "unauthorized", "Unauthorized", "The token is unknown."));

    assertThat(result.err())
        .contains("Log in with: crontopus auth login --server " + platform.url());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 500, 502})
  void aWebPageIsNotThePlatform(int status) {
    Shell.Result result =
        listing(Reply.of(status, "text/html; charset=utf-8", "<html><b>Bad gateway</b></html>"));

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err())
        .contains("answered with a web page instead of JSON (status " + status + ")")
        .contains("no proxy stands between");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"jobs\":[", "\"text\"", "hello"})
  void whatIsNotAJsonDocumentIsNotThePlatform(String body) {
    Shell.Result result = listing(Reply.of(200, "application/json", body));

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("instead of JSON");
  }

  @Test
  void aRedirectIsNotFollowedWithTheToken() {
    Shell.Result result =
        listing(
            Reply.of(302, "text/html", "moved")
                .withHeader("Location", platform.url() + "/elsewhere"));

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("redirects to another address");
    assertThat(platform.requests()).hasSize(1);
  }

  @Test
  void nobodyListening() {
    platform.close();

    Shell.Result result = shell.run("jobs", "list");

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err())
        .startsWith("error: Cannot reach " + platform.url() + ": the connection was refused.\n")
        .contains("crontopus status");
  }

  @Test
  void anUnknownHost() {
    Shell.Result result = shell.run("jobs", "list", "--server", "http://nowhere.invalid");

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("the host name is unknown");
  }

  @Test
  void aServerThatDoesNotAnswer() {
    var done = new CountDownLatch(1);
    platform.on(
        "GET /api/jobs",
        exchange -> {
          try {
            done.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    Shell.Result result = shell.run("jobs", "list", "--timeout", "1s");

    done.countDown();
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("did not answer within 1 s").contains("--timeout");
  }

  @Test
  void aServerThatStopsInTheMiddleOfAnAnswer() {
    var done = new CountDownLatch(1);
    platform.on(
        "GET /api/jobs",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            done.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    Shell.Result result = shell.run("jobs", "list", "--timeout", "1s");

    done.countDown();
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("did not answer within 1 s");
  }

  /** A server that says this to whoever connects, and hangs up. */
  private static ServerSocket saying(String text) throws IOException {
    var socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              while (!socket.isClosed()) {
                try (var connection = socket.accept()) {
                  connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  // The client is gone, or the test is over.
                }
              }
            });
    return socket;
  }

  @Test
  void aServerThatHangsUp() throws IOException {
    try (var socket = saying("")) {
      Shell.Result result =
          shell.run("jobs", "list", "--server", "http://127.0.0.1:" + socket.getLocalPort());

      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.err()).contains("the connection broke");
    }
  }

  @Test
  void plainHttpWhereTlsIsAsked() throws IOException {
    try (var socket = saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      Shell.Result result =
          shell.run("jobs", "list", "--server", "https://127.0.0.1:" + socket.getLocalPort());

      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.err()).contains("no secure connection");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host", "http://", "http://a b", "http://u:p@host", "http://h?q=1"})
  void anAddressThatIsNone(String server) {
    Shell.Result result = shell.run("jobs", "list", "--server", server);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("is not the address of a server");
  }

  @Test
  void aTokenThatCannotBeSent() {
    Shell.Result result = shell.with("CRONTOPUS_TOKEN", "a\nb").run("jobs", "list");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("The token holds characters").doesNotContain("a\nb");
  }
}
