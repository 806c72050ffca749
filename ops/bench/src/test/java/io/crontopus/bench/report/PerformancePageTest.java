package io.crontopus.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

  private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

  @TempDir Path folder;

  @Test
  void whatIsBetweenTheMarkersIsReplacedAndNothingElse() throws IOException {
    Path file = folder.resolve("performance.md");
    Files.writeString(
        file,
        "# Performance\n\nBefore.\n\n<!-- bench:stream -->\nold\n<!-- /bench:stream -->\n\nAfter.\n");
    keep(file, "stream", 1);
    assertThat(Files.readString(file))
        .startsWith(
            "# Performance\n\nBefore.\n\n<!-- bench:stream -->\n\n`./crontopus bench stream`, 2026-01-02,")
        .contains("| lag |")
        .doesNotContain("old")
        .endsWith("<!-- /bench:stream -->\n\nAfter.\n");
  }

  @Test
  void aBenchThatIsNotThereYetIsAdded() throws IOException {
    Path file = folder.resolve("performance.md");
    keep(file, "stream", 1);
    keep(file, "queries", 2);
    keep(file, "stream", 3);
    assertThat(Files.readString(file))
        .containsSubsequence("# Performance", "## stream", "| 3 ms |", "## queries", "| 2 ms |")
        .doesNotContain("| 1 ms |");
  }

  private static void keep(Path file, String bench, double value) throws IOException {
    new PerformancePage(file)
        .keep(
            bench,
            "./crontopus bench " + bench,
            DAY,
            List.of(Figure.of("lag", value, "ms", Goal.none())));
  }
}
