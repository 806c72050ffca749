package io.crontopus.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Figures as rows: for the terminal, and for Markdown pages. */
public final class Table {

  private static final List<String> HEAD =
      List.of("figure", "target", "value", "limit", "ratio", "met");
  private static final String GAP = "  ";

  private Table() {}

  /** With columns in line. */
  public static String text(List<Figure> figures) {
    List<List<String>> rows = rows(figures);
    int[] widths =
        IntStream.range(0, HEAD.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(column -> pad(row.get(column), widths[column]))
                    .collect(Collectors.joining(GAP))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /** As a Markdown table. */
  public static String markdown(List<Figure> figures) {
    List<List<String>> rows = new ArrayList<>(rows(figures));
    rows.add(1, HEAD.stream().map(_ -> "---").toList());
    return rows.stream()
        .map(row -> row.stream().collect(Collectors.joining(" | ", "| ", " |")))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<List<String>> rows(List<Figure> figures) {
    return Stream.concat(Stream.of(HEAD), figures.stream().map(Table::row)).toList();
  }

  private static List<String> row(Figure figure) {
    Figure.Limit limit = figure.limit();
    Double ratio = figure.ratio();
    Boolean met = figure.met();
    return List.of(
        figure.name(),
        figure.goal().text(figure.unit()),
        Numbers.of(figure.value(), figure.unit()),
        limit == null ? "" : Numbers.of(limit.value(), figure.unit()) + " " + limit.name(),
        ratio == null ? "" : Numbers.plain(ratio),
        met == null ? "" : met ? "yes" : "no");
  }
}
