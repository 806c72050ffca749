package io.crontopus.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the pages tell people to type exists: commands and options. */
class DocumentedCommandsTest {

  private static final Pattern COMMAND = Pattern.compile("\\./crontopus((?: +[^\\s`#|;&>]+)*)");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*");

  @Test
  void everyDocumentedCommandExists() throws IOException {
    List<String> unknown = new ArrayList<>();
    for (Path page : pages()) {
      COMMAND
          .matcher(Files.readString(page))
          .results()
          .map(MatchResult::group)
          .forEach(
              command ->
                  check(command)
                      .forEach(part -> unknown.add(page + ": " + part + " in: " + command)));
    }
    assertThat(unknown).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(
            List.of(
                Checkout.root().resolve("README.md"), Checkout.root().resolve("CONTRIBUTING.md")));
    try (Stream<Path> files = Files.walk(Checkout.root().resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  /** What of the command does not exist. */
  private static List<String> check(String documented) {
    CommandLine command = Main.createCommandLine();
    List<String> unknown = new ArrayList<>();
    for (String word : Arrays.stream(documented.strip().split(" +")).skip(1).toList()) {
      String option = word.replaceFirst("[=\\]].*", "").replaceFirst("^\\[", "");
      if (option.startsWith("--")) {
        if (command.getCommandSpec().findOption(option) == null) {
          unknown.add(option);
        }
      } else if (command.getSubcommands().containsKey(word)) {
        command = command.getSubcommands().get(word);
      } else if (!command.getSubcommands().isEmpty()
          && NAME.matcher(word).matches()
          && command.getParent() == null) {
        unknown.add(word);
      }
    }
    return unknown;
  }
}
