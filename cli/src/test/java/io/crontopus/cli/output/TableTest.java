package io.crontopus.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  private static final String LONG = "a-very-long-name-that-takes-most-of-a-terminal-by-itself";

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

  private void givenEndpoint(String name) {
    platform.on(
        "GET /api/endpoints",
        Reply.json(
            200,
            """
            {"endpoints":[{"endpoint_id":"e1","name":"%s","status":"online","platform":"linux",\
            "version":"0.1.0","scheduler":"cron","scheduler_alive":false,\
            "applied_commit":"0123456789abcdef","last_seen_at":"2026-03-01T11:59:00.000Z"}],\
            "next_cursor":null}"""
                .formatted(name)));
  }

  @Test
  void aTableIsCompleteWhenItIsPiped() {
    givenEndpoint(LONG);

    assertThat(shell.run("endpoints", "list").out())
        .contains(LONG)
        .contains("cron (dead)")
        .contains(" 01234567 ");
  }

  @Test
  void aTableFitsTheTerminal() {
    givenEndpoint(LONG);

    for (int columns : new int[] {40, 60, 80, 100}) {
      Shell.Result result =
          shell.with("NO_COLOR", "1").onTerminal(columns).run("endpoints", "list");

      assertThat(result.out().lines()).allMatch(line -> DisplayWidth.of(line) <= columns);
      assertThat(result.out()).contains("a-very-").contains("…");
    }
  }

  @Test
  void theEnvironmentMayNameTheWidth() {
    givenEndpoint(LONG);

    Shell.Result result =
        shell.with("NO_COLOR", "1").with("COLUMNS", "70").onTerminal(200).run("endpoints", "list");

    assertThat(result.out().lines()).allMatch(line -> DisplayWidth.of(line) <= 70);
  }

  @Test
  void wideCharactersAreCountedAsTheyAreDrawn() {
    givenEndpoint("東京");

    List<String> lines = shell.run("endpoints", "list").out().lines().toList();

    assertThat(lines.getFirst()).startsWith("ENDPOINT  NAME  STATUS");
    assertThat(lines.getLast()).startsWith("e1        東京  online");
  }

  @Test
  void aNameCannotCommandTheTerminal() {
    givenEndpoint("\\u001b]0;title\\u0007\\u202eevil\\n");

    assertThat(shell.run("endpoints", "list").out()).contains("\\x1b]0;title\\x07\\u202eevil\\n ");
  }

  @Test
  void coloursAreForTerminalsOnly() {
    givenEndpoint("web");

    assertThat(shell.run("endpoints", "list").out()).doesNotContain("\u001b");
    assertThat(shell.onTerminal(200).run("endpoints", "list").out())
        .contains("\u001b[32monline\u001b[0m");
    assertThat(shell.run("endpoints", "list", "--no-color").out()).doesNotContain("\u001b");
    assertThat(shell.run("--no-color", "endpoints", "list").out()).doesNotContain("\u001b");
    assertThat(shell.with("TERM", "dumb").run("endpoints", "list").out()).doesNotContain("\u001b");
    assertThat(shell.with("TERM", "xterm").with("NO_COLOR", "1").run("endpoints", "list").out())
        .doesNotContain("\u001b");
  }
}
