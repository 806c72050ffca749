package io.crontopus.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.http.Json;
import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
  private static final String JOB =
      """
      {"job_id":"j1","namespace":"platform","name":"backup","path":"platform/backup.yaml",\
      "schedule":["0 2 * * *"],"timezone":"America/New_York","command":"/opt/backup.sh",\
      "enabled":true,"paused":false,"labels":{"team":"platform"},"annotations":{},"commit":"abc",\
      "status":"up","next_run_at":"2026-03-02T07:00:00.000Z",\
      "last_run":{"run_id":"r1","status":"success","finished_at":"2026-03-01T07:01:00.000Z"},\
      "updated_at":"2026-02-01T00:00:00.000Z"}""";

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

  @Test
  void list() {
    String disabled =
        """
        {"job_id":"j2","namespace":"default","name":"off","schedule":["@daily","@hourly"],\
        "timezone":"UTC","command":"true","enabled":false,"paused":false,"status":"new",\
        "next_run_at":null,"last_run":null}""";
    platform.on(
        "GET /api/jobs",
        Reply.json(200, "{\"jobs\":[" + JOB + "," + disabled + "],\"next_cursor\":null}"));

    Shell.Result result =
        shell.run("jobs", "list", "-n", "platform", "--status", "up", "-l", "team=platform");

    assertThat(result.out())
        .isEqualTo(
            """
            JOB              STATUS    SCHEDULE                    NEXT RUN  LAST RUN  FINISHED  COMMAND
            platform/backup  up        0 2 * * * America/New_York  in 19 h   success   4 h ago   /opt/backup.sh
            default/off      disabled  @daily, @hourly             -         -         -         true
            """);
    assertThat(platform.lastRequest().query("namespace")).isEqualTo("platform");
    assertThat(platform.lastRequest().query("status")).isEqualTo("up");
    assertThat(platform.lastRequest().query("label")).isEqualTo("team=platform");
    assertThat(shell.run("jobs", "list", "-q").out()).isEqualTo("platform/backup\ndefault/off\n");
  }

  @Test
  void aLabelHasAValue() {
    assertThat(shell.run("jobs", "list", "-l", "team").exitCode()).isEqualTo(2);
  }

  @Test
  void showTellsWhereItIsAndHowItWent() {
    platform
        .on("GET /api/jobs/platform/backup", Reply.json(200, JOB))
        .on(
            "GET /api/jobs/platform/backup/endpoints",
            Reply.json(
                200,
                """
                {"endpoints":[{"endpoint_id":"e1","endpoint_name":"db-1","state":"in_sync",
                "next_run_at":"2026-03-02T07:00:00.000Z","message":null}],"next_cursor":null}"""))
        .on(
            "GET /api/jobs/platform/backup/runs",
            Reply.json(
                200,
                """
                {"runs":[{"run_id":"r1","status":"success","exit_code":0,"duration":61,
                "started_at":"2026-03-01T07:00:00.000Z"}],"next_cursor":null}"""));

    Shell.Result result = shell.run("jobs", "show", "platform/backup");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("Job:        platform/backup\n")
        .contains("Next run:   2026-03-02T07:00:00Z (in 19 h)\n")
        .contains("Labels:     team=platform\n")
        .endsWith(
            """

            Endpoints
            ENDPOINT  NAME  STATE    NEXT RUN  MESSAGE
            e1        db-1  in_sync  in 19 h   -

            Latest runs
            RUN  STATUS   EXIT  STARTED  DURATION
            r1   success  0     5 h ago  1 min 1 s
            """);
  }

  @Test
  void everythingIsShownAsOfTheSameMoment() {
    platform
        .on("GET /api/jobs", Reply.json(200, "{\"jobs\":[" + JOB + "],\"next_cursor\":null}"))
        .on("GET /api/jobs/platform/backup", Reply.json(200, JOB))
        .on(
            "GET /api/jobs/platform/backup/endpoints",
            Reply.json(200, "{\"endpoints\":[],\"next_cursor\":null}"))
        .on(
            "GET /api/jobs/platform/backup/runs",
            Reply.json(200, "{\"runs\":[],\"next_cursor\":null}"));

    assertThat(shell.run("jobs", "list", "--as-of", "2h").exitCode()).isZero();
    assertThat(platform.lastRequest().query("as_of")).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(shell.run("jobs", "show", "platform/backup", "--as-of", "2h").exitCode()).isZero();

    assertThat(platform.requests().subList(1, 3))
        .allSatisfy(
            request -> assertThat(request.query("as_of")).isEqualTo("2026-03-01T10:00:00Z"));
    assertThat(platform.lastRequest().query("to")).isEqualTo("2026-03-01T10:00:00Z");
  }

  @Test
  void aDocumentIsTheJobItself() {
    platform.on("GET /api/jobs/platform/backup", Reply.json(200, JOB));

    Shell.Result result = shell.run("jobs", "show", "backup", "-n", "platform", "-o", "json");

    assertThat(Json.parse(result.out())).isEqualTo(Json.parse(JOB));
    assertThat(platform.requests()).hasSize(1);
  }

  @Test
  void aNameWithoutNamespaceIsInTheDefaultOne() {
    shell.run("jobs", "show", "backup");

    assertThat(platform.lastRequest().path()).isEqualTo("/api/jobs/default/backup");
  }

  @Test
  void namesThatAreNone() {
    for (String name : new String[] {"/backup", "a/b/c", "platform/", ""}) {
      assertThat(shell.run("jobs", "show", name).exitCode()).isEqualTo(2);
    }
    assertThat(shell.run("jobs", "show", "a/b", "-n", "c").exitCode()).isEqualTo(2);
    assertThat(platform.requests()).isEmpty();
  }
}
