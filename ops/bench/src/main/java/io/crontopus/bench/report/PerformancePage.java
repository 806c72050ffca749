package io.crontopus.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * The page that keeps the last results: each bench's between two comments, so that text around them
 * stays.
 */
public record PerformancePage(Path file) {

  private static final String BEGIN = "<!-- bench:%s -->";
  private static final String END = "<!-- /bench:%s -->";

  /**
   * Replaces what the page says of {@code bench}, or adds it at the end.
   *
   * @param command how to measure it again
   */
  public void keep(String bench, String command, LocalDate day, List<Figure> figures)
      throws IOException {
    String page = Files.exists(file) ? Files.readString(file) : "# Performance\n";
    Files.writeString(file, replaced(page, bench, section(bench, command, day, figures)));
  }

  static String section(String bench, String command, LocalDate day, List<Figure> figures) {
    return BEGIN.formatted(bench)
        + "\n\n`"
        + command
        + "`, "
        + day
        + ", "
        + Machine.description()
        + ":\n\n"
        + Table.markdown(figures)
        + "\n"
        + END.formatted(bench);
  }

  static String replaced(String page, String bench, String section) {
    int begin = page.indexOf(BEGIN.formatted(bench));
    int end = page.indexOf(END.formatted(bench));
    if (begin < 0 || end < begin) {
      return page.stripTrailing() + "\n\n## " + bench + "\n\n" + section + "\n";
    }
    return page.substring(0, begin) + section + page.substring(end + END.formatted(bench).length());
  }
}
