package io.crontopus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about the ASVS names tests that exist, and counts its lines right. */
class AsvsTest {

  private static final String PAGE = Pages.text(Pages.root().resolve("docs/asvs.md"));

  /** A line, its subject, how it stands, and by what. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| ([^|]*)\\| ([^|]*) \\| ([^|]*)\\|$");

  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+(?:Tests?|IT))`");
  private static final Pattern COUNTS =
      Pattern.compile("(\\d+) are met, (\\d+) partly, (\\d+) not, and (\\d+) do not apply");

  private static List<MatchResult> lines() {
    return LINE.matcher(PAGE).results().toList();
  }

  @Test
  void everyTestThatItNamesExists() {
    Set<String> tests =
        Pages.files(".java").stream()
            .filter(file -> file.toString().contains("/src/test/java/"))
            .map(file -> file.getFileName().toString())
            .collect(Collectors.toSet());
    List<String> named =
        CLASS.matcher(PAGE).results().map(match -> match.group(1) + ".java").distinct().toList();
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(tests).containsAll(named);
  }

  @Test
  void everyLineIsThereOnceAndSaysHowItStands() {
    List<String> numbers = lines().stream().map(line -> line.group(1)).toList();
    assertThat(numbers).doesNotHaveDuplicates();
    assertThat(lines())
        .allMatch(
            line ->
                switch (line.group(3)) {
                  case "met", "n/a" -> !line.group(4).isBlank();
                  case "**partly**" -> !line.group(4).isBlank();
                  case "**not met**" -> !line.group(2).isBlank();
                  default -> false;
                });
    assertThat(numbers).hasSize((int) PAGE.lines().filter(l -> l.matches("\\| \\d.*")).count());
  }

  @Test
  void theCountsAreRight() {
    MatchResult counts = COUNTS.matcher(PAGE).results().findFirst().orElseThrow();
    assertThat(List.of(counts.group(1), counts.group(2), counts.group(3), counts.group(4)))
        .containsExactly(count("met"), count("**partly**"), count("**not met**"), count("n/a"));
  }

  private static String count(String state) {
    return String.valueOf(lines().stream().filter(line -> line.group(3).equals(state)).count());
  }
}
