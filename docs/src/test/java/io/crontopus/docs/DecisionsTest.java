package io.crontopus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionsTest {

  private static final Path FOLDER = Pages.root().resolve("docs/adr");

  static Stream<Path> records() {
    return Pages.all().stream()
        .filter(page -> page.startsWith(FOLDER) && !page.endsWith("README.md"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void aRecordHasItsSections(Path record) {
    assertThat(record.getFileName().toString()).matches("\\d{4}-[a-z0-9-]+\\.md");
    // "Options for recording" is a part of the section as good as "Options".
    List<String> sections =
        Pages.headings(record).stream().map(heading -> heading.replaceFirst(" .*", "")).toList();
    assertThat(sections).containsSubsequence("Context", "Options", "Decision", "Consequences");
  }

  @Test
  void noNumberIsUsedTwice() {
    List<String> numbers =
        records().map(record -> record.getFileName().toString().substring(0, 4)).toList();
    assertThat(numbers).doesNotHaveDuplicates();
  }
}
