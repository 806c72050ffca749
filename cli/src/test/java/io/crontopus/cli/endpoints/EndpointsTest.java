package io.crontopus.cli.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Request;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
  private static final String ENDPOINT =
      """
      {"endpoint_id":"e1","name":"web-1","hostname":"web-1.example.org","machine_id":"m1",\
      "platform":"linux","version":"0.1.0","labels":{"role":"web","zone":"b"},"status":"online",\
      "scheduler":"cron","scheduler_alive":true,"applied_commit":"0123456789abcdef",\
      "spool_depth":0,"enrolled_at":"2026-02-01T12:00:00.000Z",\
      "last_seen_at":"2026-03-01T11:59:50.000Z"}""";

  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform =
        new TestPlatform()
            .on(
                "GET /api/endpoints",
                Reply.json(200, "{\"endpoints\":[" + ENDPOINT + "],\"next_cursor\":null}"))
            .on("GET /api/endpoints/e1", Reply.json(200, ENDPOINT))
            .on(
                "GET /api/endpoints/e1/jobs",
                Reply.json(
                    200,
                    """
                    {"jobs":[{"job_id":"j1","namespace":"default","name":"backup","path":"default/b.yaml",
                    "state":"drifted","schedule":["0 2 * * *","0 14 * * *"],"timezone":"UTC",
                    "next_run_at":"2026-03-01T14:00:00.000Z","message":"line changed by hand",
                    "endpoint_id":"e1","observed_at":"2026-03-01T11:59:00.000Z"}],
                    "next_cursor":null}"""))
            .on("POST /api/endpoints/e1/rotate", Reply.noContent())
            .on("DELETE /api/endpoints/e1", Reply.noContent());
    shell = Shell.at(platform, home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private boolean isRevoked() {
    return platform.requests().stream().map(Request::method).anyMatch("DELETE"::equals);
  }

  @Test
  void list() {
    Shell.Result result =
        shell.run(
            "endpoints", "list", "--status", "online", "--platform", "linux", "--search", "w");

    assertThat(result.out())
        .isEqualTo(
            """
            ENDPOINT  NAME   STATUS  LAST SEEN  PLATFORM  SCHEDULER  COMMIT    VERSION
            e1        web-1  online  10 s ago   linux     cron       01234567  0.1.0
            """);
    assertThat(platform.lastRequest().uri().getRawQuery())
        .isEqualTo("status=online&platform=linux&q=w&limit=50");
  }

  @Test
  void show() {
    Shell.Result result = shell.run("endpoints", "show", "e1");

    assertThat(result.out())
        .contains("Labels:          role=web, zone=b\n")
        .contains("Last seen:       2026-03-01T11:59:50Z (10 s ago)\n")
        .endsWith(
            """

            Jobs
            JOB             STATE    SCHEDULE               NEXT RUN  MESSAGE
            default/backup  drifted  0 2 * * *, 0 14 * * *  in 2 h    line changed by hand
            """);
  }

  @Test
  void everythingIsShownAsOfTheSameMoment() {
    assertThat(shell.run("endpoints", "list", "--as-of", "2026-01-31T03:00:00Z").exitCode())
        .isZero();
    assertThat(shell.run("endpoints", "show", "e1", "--as-of", "2026-01-31T03:00:00Z").exitCode())
        .isZero();

    assertThat(platform.requests())
        .hasSize(3)
        .allSatisfy(
            request -> assertThat(request.query("as_of")).isEqualTo("2026-01-31T03:00:00Z"));
    assertThat(shell.run("endpoints", "list", "--as-of", "then").exitCode()).isEqualTo(2);
  }

  @Test
  void showAsADocument() {
    assertThat(shell.run("endpoints", "show", "e1", "-o", "yaml").out())
        .startsWith("endpoint_id: e1\n");
  }

  @Test
  void revokeAsks() {
    Shell.Result result = shell.askable("").input("y\n").run("endpoints", "revoke", "e1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .isEqualTo("Revoke endpoint web-1 (e1)? [y/N] Revoked endpoint web-1 (e1).\n");
    assertThat(isRevoked()).isTrue();
  }

  @Test
  void anythingButYesIsNo() {
    for (String answer : new String[] {"\n", "n\n", "yep\n", ""}) {
      Shell.Result result = shell.askable("").input(answer).run("endpoints", "revoke", "e1");

      assertThat(result.exitCode()).isEqualTo(6);
      assertThat(result.err()).endsWith("error: Nothing was changed.\n");
    }
    assertThat(isRevoked()).isFalse();
  }

  @Test
  void withoutATerminalItHasToBeMeant() {
    Shell.Result result = shell.input("y\n").run("endpoints", "revoke", "e1");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("Add --yes if you are sure.");
    assertThat(isRevoked()).isFalse();
    assertThat(shell.run("endpoints", "revoke", "e1", "--yes").exitCode()).isZero();
    assertThat(isRevoked()).isTrue();
  }

  @Test
  void rotate() {
    Shell.Result result = shell.run("endpoints", "rotate", "e1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out() + result.err()).contains("Endpoint e1 will exchange its token.");
    assertThat(platform.lastRequest().method()).isEqualTo("POST");
    assertThat(shell.run("endpoints", "rotate", "e2").exitCode()).isEqualTo(3);
  }

  @Test
  void anUnknownEndpointIsNotFound() {
    assertThat(shell.run("endpoints", "revoke", "e2", "--yes").exitCode()).isEqualTo(3);
    assertThat(shell.run("endpoints", "show", "e2").exitCode()).isEqualTo(3);
  }
}
