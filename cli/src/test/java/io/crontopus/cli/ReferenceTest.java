package io.crontopus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The reference in the documentation is what {@code --help} says, word for word. */
class ReferenceTest {
  private static final Path REFERENCE = Path.of("..", "docs", "reference", "cli.md");
  private static final int WIDTH = 96;

  /** Set to write the reference instead of checking it. */
  private static final String WRITE = "crontopus.reference.write";

  @Test
  void theReferenceIsUpToDate() throws IOException {
    String reference = reference();
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(REFERENCE, reference);
    }

    assertThat(Files.readString(REFERENCE))
        .as("docs/reference/cli.md; write it anew with -D" + WRITE + "=true")
        .isEqualTo(reference);
  }

  private static String reference() {
    var text =
        new StringBuilder(
            """
            # Command line reference

            What `--help` says about each command. How they are used together is in the
            [guide](../guides/cli.md).
            """);
    CommandLine top = new CrontopusCli().createCommandLine();
    top.setUsageHelpAutoWidth(false);
    top.setUsageHelpWidth(WIDTH);
    add(top, text);
    return text.toString();
  }

  private static void add(CommandLine command, StringBuilder text) {
    text.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```text\n");
    command
        .getUsageMessage(Ansi.OFF)
        .lines()
        .forEach(line -> text.append(line.stripTrailing()).append('\n'));
    text.append("```\n");
    command.getSubcommands().values().forEach(child -> add(child, text));
  }
}
