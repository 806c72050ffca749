package io.crontopus.cli.output;

import java.util.List;

/** How wide each column of a table is drawn. */
final class ColumnWidths {
  private static final int LEAST_OF_ELASTIC = 8;

  private ColumnWidths() {}

  /**
   * As wide as the widest cell, unless that is too much for the terminal: then the widest elastic
   * columns give way first, and after them the columns on the right.
   */
  static int[] fitting(List<Column> columns, List<List<Cell>> rows, int limit, int gap) {
    int[] widths = new int[columns.size()];
    for (int at = 0; at < widths.length; at++) {
      widths[at] = DisplayWidth.of(columns.get(at).title());
      for (List<Cell> row : rows) {
        widths[at] = Math.max(widths[at], DisplayWidth.of(row.get(at).text()));
      }
    }
    if (limit > 0) {
      shrink(widths, columns, limit - gap * (widths.length - 1));
    }
    return widths;
  }

  private static void shrink(int[] widths, List<Column> columns, int room) {
    int excess = sum(widths) - room;
    while (excess > 0) {
      int widest = widestElastic(widths, columns);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
      excess--;
    }
    for (int at = widths.length - 1; at > 0 && excess > 0; at--) {
      int cut = Math.min(excess, widths[at]);
      widths[at] -= cut;
      excess -= cut;
    }
  }

  private static int widestElastic(int[] widths, List<Column> columns) {
    int widest = -1;
    for (int at = 0; at < widths.length; at++) {
      if (columns.get(at).elastic()
          && widths[at] > LEAST_OF_ELASTIC
          && (widest < 0 || widths[at] > widths[widest])) {
        widest = at;
      }
    }
    return widest;
  }

  private static int sum(int[] widths) {
    int sum = 0;
    for (int width : widths) {
      sum += width;
    }
    return sum;
  }
}
