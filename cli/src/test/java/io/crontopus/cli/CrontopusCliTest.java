package io.crontopus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CrontopusCliTest {
  @TempDir Path home;

  @Command(name = "launcher")
  static final class Launcher {}

  private static List<CommandLine> leaves(CommandLine command) {
    var leaves = new ArrayList<CommandLine>();
    if (command.getSubcommands().isEmpty()) {
      leaves.add(command);
    }
    command.getSubcommands().values().forEach(child -> leaves.addAll(leaves(child)));
    return leaves;
  }

  @Test
  void everyCommandsHelpHasExamplesAndExitCodes() {
    for (CommandLine command : leaves(new CrontopusCli().createCommandLine())) {
      assertThat(command.getUsageMessage())
          .contains("Examples:\n  ")
          .contains("Exit codes:")
          .contains("the server cannot be reached");
      assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
      assertThat(command.getCommandSpec().options())
          .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
    }
  }

  @Test
  void helpGoesToStandardOutput() {
    Shell.Result result = new Shell(home).run("runs", "list", "--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("Usage: crontopus runs list");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void withoutArgumentsItShowsHelpAsWrongUsage() {
    Shell.Result result = new Shell(home).run();

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("Usage: crontopus");
  }

  @Test
  void aMistypedCommandIsSuggested() {
    Shell.Result result = new Shell(home).run("rusn", "list");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("crontopus has no command 'rusn'.")
        .contains("runs")
        .contains("Try: crontopus --help");
    assertThat(new Shell(home).run("runs", "lst").err()).contains("Did you mean: list");
  }

  @Test
  void aMistypedOptionIsSuggested() {
    Shell.Result result = new Shell(home).run("runs", "list", "--statu", "failure");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("crontopus runs list has no option --statu.")
        .contains("Did you mean: --status");
  }

  @Test
  void aNounNeedsAVerb() {
    assertThat(new Shell(home).run("runs"))
        .isEqualTo(
            new Shell.Result(
                2,
                "",
                """
                error: crontopus runs needs one of: list, show, watch.
                Try: crontopus runs --help
                """));
  }

  @Test
  void anUnknownFormatNamesTheKnownOnes() {
    Shell.Result result = new Shell(home).run("runs", "list", "-o", "xml");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'xml' is not one of: table, json, yaml");
  }

  @Test
  void theNounsFitUnderAnotherCommand() {
    try (var platform = new TestPlatform()) {
      platform.on("GET /api/runs", Reply.json(200, "{\"runs\":[{\"run_id\":\"r1\"}]}"));
      var out = new ByteArrayOutputStream();
      var err = new ByteArrayOutputStream();
      var top = new CommandLine(new Launcher());
      new CrontopusCli(Shell.at(platform, home).surroundings(out, err)).addTo(top);

      assertThat(top.execute("-o", "json", "runs", "list")).isZero();
      assertThat(out).hasToString("[\n  {\n    \"run_id\": \"r1\"\n  }\n]\n");
      assertThat(top.execute("runs", "show", "none")).isEqualTo(3);
      assertThat(top.execute("runs", "lst")).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("Did you mean: list")
          .contains("Try: launcher runs --help");
    }
  }

  @Test
  void aReaderThatWentAwayEndsItQuietly() {
    try (var platform = new TestPlatform()) {
      platform.on("GET /api/runs", Reply.json(200, "{\"runs\":[{\"run_id\":\"r1\"}]}"));
      Shell shell = Shell.at(platform, home);

      assertThat(shell.runInto(failing("Broken pipe"), "runs", "list")).isEqualTo(141);
      assertThat(shell.errors()).isEmpty();
      assertThat(shell.runInto(failing("No space left on device"), "runs", "list")).isEqualTo(1);
      assertThat(shell.errors())
          .isEqualTo("error: Standard output cannot be written: No space left on device.\n");
    }
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
