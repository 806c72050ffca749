package io.crontopus.cli.runs;

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
import tools.jackson.databind.JsonNode;

class RunsTest {
  private static final String FAILED_RUN =
      """
      {"run_id":"run-2","job_name":"backup","namespace":"default","job_id":"j1",\
      "endpoint_id":"e1","status":"failure","exit_code":3,"started_at":"2026-03-01T11:57:00.000Z",\
      "finished_at":"2026-03-01T11:57:01.250Z","duration":1.250,"output":null,\
      "output_truncated":false,"error_message":null,"source":"agent","commit":"abc",\
      "received_at":"2026-03-01T11:57:02.000Z"}""";
  private static final String RUNNING_RUN =
      """
      {"run_id":"run-1","job_name":"report","namespace":"sales","job_id":"j2",\
      "endpoint_id":"e1","status":"running","exit_code":null,"started_at":"2026-03-01T11:59:30.000Z",\
      "finished_at":null,"duration":null,"output":null,"output_truncated":false,\
      "error_message":null,"source":"agent","commit":"abc","received_at":"2026-03-01T11:59:31.000Z"}""";

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

  private void givenRuns() {
    platform.on(
        "GET /api/runs",
        Reply.json(
            200, "{\"runs\":[" + RUNNING_RUN + "," + FAILED_RUN + "],\"next_cursor\":null}"));
  }

  @Test
  void listShowsAnAlignedTable() {
    givenRuns();

    Shell.Result result = shell.run("runs", "list");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            RUN    JOB             STATUS   EXIT  STARTED    DURATION  ENDPOINT
            run-1  sales/report    running  -     30 s ago   -         e1
            run-2  default/backup  failure  3     3 min ago  1.25 s    e1
            """);
    assertThat(result.err()).isEmpty();
    assertThat(platform.lastRequest().header("Authorization")).isEqualTo("Bearer ctp_test");
  }

  @Test
  void listPassesFiltersOn() {
    givenRuns();

    shell.run(
        "runs",
        "list",
        "--job",
        "default/backup",
        "--endpoint",
        "e1",
        "--status",
        "FAILURE",
        "--since",
        "2h",
        "--until",
        "2026-03-01T11:59:00Z",
        "--limit",
        "7");

    var request = platform.lastRequest();
    assertThat(request.query("job")).isEqualTo("backup");
    assertThat(request.query("namespace")).isEqualTo("default");
    assertThat(request.query("endpoint_id")).isEqualTo("e1");
    assertThat(request.query("status")).isEqualTo("failure");
    assertThat(request.query("from")).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(request.query("to")).isEqualTo("2026-03-01T11:59:00Z");
    assertThat(request.query("limit")).isEqualTo("7");
  }

  @Test
  void aJobWithoutNamespaceMeansAnyNamespace() {
    givenRuns();

    shell.run("runs", "list", "--job", "backup");

    assertThat(platform.lastRequest().query("job")).isEqualTo("backup");
    assertThat(platform.lastRequest().uri().getRawQuery()).doesNotContain("namespace");
  }

  @Test
  void jsonIsExactlyWhatThePlatformSent() {
    givenRuns();

    Shell.Result result = shell.run("runs", "list", "-o", "json");

    JsonNode runs = Json.parse(result.out());
    assertThat(runs.get(1)).isEqualTo(Json.parse(FAILED_RUN));
    assertThat(result.out()).contains("\"duration\": 1.250").contains("2026-03-01T11:57:00.000Z");
  }

  @Test
  void yamlIsOneSequence() {
    givenRuns();

    Shell.Result result = shell.run("-o", "yaml", "runs", "list");

    assertThat(result.out()).startsWith("- run_id: run-1\n").contains("\n- run_id: run-2\n");
  }

  @Test
  void quietPrintsIds() {
    givenRuns();

    assertThat(shell.run("runs", "list", "-q").out()).isEqualTo("run-1\nrun-2\n");
  }

  @Test
  void anEmptyListSaysSoBesideTheData() {
    platform.on("GET /api/runs", Reply.json(200, "{\"runs\":[],\"next_cursor\":null}"));

    assertThat(shell.run("runs", "list")).isEqualTo(new Shell.Result(0, "", "No runs.\n"));
    assertThat(shell.run("runs", "list", "-o", "json").out()).isEqualTo("[]\n");
    assertThat(shell.run("runs", "list", "-o", "yaml").out()).isEqualTo("[]\n");
  }

  @Test
  void anUnknownStatusIsWrongUsage() {
    Shell.Result result = shell.run("runs", "list", "--status", "broken");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'broken' is no status of a run").contains("cancelled");
  }

  @Test
  void showPrintsTheRunAndItsOutput() {
    platform.on(
        "GET /api/runs/run-2",
        Reply.json(
            200,
            FAILED_RUN.replace(
                "\"output\":null", "\"output\":\"one\\r\\ntwo\\n\\u001b]0;evil\\u0007\"")));

    Shell.Result result = shell.run("runs", "show", "run-2");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("Status:     failure\n")
        .contains("Exit code:  3\n")
        .contains("Started:    2026-03-01T11:57:00Z (3 min ago)\n")
        .endsWith("\nOutput\none\ntwo\n\\x1b]0;evil\\x07\n");
  }

  @Test
  void outputAloneIsExactWhenItGoesToAProgramAndSafeWhenAPersonSeesIt() {
    platform.on(
        "GET /api/runs/run-2", Reply.json(200, "{\"run_id\":\"run-2\",\"output\":\"a\\u001bb\"}"));

    assertThat(shell.run("runs", "show", "run-2", "--output-only").out()).isEqualTo("a\u001bb");
    assertThat(shell.onTerminal(80).run("runs", "show", "run-2", "--output-only").out())
        .isEqualTo("a\\x1bb\n");
  }

  @Test
  void anUnknownRunIsNotFound() {
    Shell.Result result = shell.run("runs", "show", "../auth/me");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).startsWith("error: Not found: There is nothing at this address.\n");
    assertThat(platform.lastRequest().path()).isEqualTo("/api/runs/..%2Fauth%2Fme");
  }
}
