package io.crontopus.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Request;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
  private static final int ALL = 2500;

  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform = new TestPlatform().answering("GET /api/runs", PagesTest::page);
    shell = Shell.at(platform, home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  /** A list of {@value #ALL} runs, as long a page as was asked for. */
  private static Reply page(Request request) {
    int from = request.query("cursor").isEmpty() ? 0 : Integer.parseInt(request.query("cursor"));
    int to = Math.min(ALL, from + Integer.parseInt(request.query("limit")));
    String runs =
        IntStream.range(from, to)
            .mapToObj("{\"run_id\":\"r%d\"}"::formatted)
            .collect(Collectors.joining(","));
    String next = to == ALL ? "null" : "\"" + to + "\"";
    return Reply.json(200, "{\"runs\":[" + runs + "],\"next_cursor\":" + next + "}");
  }

  @Test
  void allFetchesEveryPage() {
    Shell.Result result = shell.run("runs", "list", "--all", "-q");

    assertThat(result.out().lines()).hasSize(ALL).startsWith("r0").endsWith("r2499");
    assertThat(platform.requests()).hasSize(3);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void theLimitMayNeedSeveralPages() {
    Shell.Result result = shell.run("runs", "list", "--limit", "1200", "-q");

    assertThat(result.out().lines()).hasSize(1200).endsWith("r1199");
    assertThat(platform.requests()).hasSize(2);
    assertThat(platform.lastRequest().query("limit")).isEqualTo("200");
  }

  @Test
  void thereIsMoreThanTheLimit() {
    Shell.Result result = shell.run("runs", "list");

    assertThat(result.out().lines()).hasSize(51);
    assertThat(result.err()).isEqualTo("The first 50 runs. More with --limit N or --all.\n");
  }

  @Test
  void allAsJsonIsOneDocument() {
    Shell.Result result = shell.run("runs", "list", "--all", "-o", "json");

    assertThat(Json.parse(result.out())).hasSize(ALL);
  }

  @Test
  void allAsATable() {
    assertThat(shell.run("runs", "list", "--all").out().lines()).hasSize(ALL + 1);
  }

  @Test
  void aLimitOfNothingIsWrongUsage() {
    assertThat(shell.run("runs", "list", "--limit", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void aCursorThatStandsStillDoesNotLoop() {
    platform.on("GET /api/runs", Reply.json(200, "{\"runs\":[],\"next_cursor\":\"x\"}"));

    assertThat(shell.run("runs", "list", "--all").exitCode()).isZero();
    assertThat(platform.requests()).hasSize(2);
  }
}
