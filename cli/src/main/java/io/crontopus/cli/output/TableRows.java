package io.crontopus.cli.output;

import io.crontopus.cli.shell.Out;
import java.util.ArrayList;
import java.util.List;

/**
 * An aligned table. The widths come from the first rows; what comes after them is written as it
 * arrives. Nothing at all is written when there is no row.
 */
final class TableRows implements RowWriter {
  private static final int ROWS_THAT_SET_THE_WIDTHS = 1000;
  private static final String GAP = "  ";

  private final Out out;
  private final List<Column> columns;
  private final Palette palette;
  private final int limit;
  private final List<List<Cell>> waiting = new ArrayList<>();
  private int[] widths = new int[0];

  /**
   * @param limit the columns of the terminal, 0 for no limit
   */
  TableRows(Out out, List<Column> columns, Palette palette, int limit) {
    this.out = out;
    this.columns = columns;
    this.palette = palette;
    this.limit = limit;
  }

  @Override
  public void row(Row row) {
    List<Cell> cells = columns.stream().map(column -> safe(column.value().apply(row))).toList();
    if (widths.length > 0) {
      write(cells);
      return;
    }
    waiting.add(cells);
    if (waiting.size() == ROWS_THAT_SET_THE_WIDTHS) {
      writeWaiting();
    }
  }

  @Override
  public void end() {
    if (widths.length == 0 && !waiting.isEmpty()) {
      writeWaiting();
    }
  }

  private static Cell safe(Cell cell) {
    String text = SafeText.line(cell.text());
    return new Cell(text.isEmpty() ? "-" : text, cell.status());
  }

  private void writeWaiting() {
    widths = ColumnWidths.fitting(columns, waiting, limit, GAP.length());
    write(columns.stream().map(column -> Cell.of(column.title())).toList(), true);
    waiting.forEach(this::write);
    waiting.clear();
    out.flush();
  }

  private void write(List<Cell> cells) {
    write(cells, false);
  }

  private void write(List<Cell> cells, boolean isHeading) {
    var line = new StringBuilder();
    int last = cells.size() - 1;
    for (int at = 0; at <= last; at++) {
      Cell cell = cells.get(at);
      String text = limit == 0 ? cell.text() : DisplayWidth.cut(cell.text(), widths[at]);
      if (text.isEmpty()) {
        break;
      }
      line.append(at == 0 ? "" : GAP);
      line.append(isHeading ? palette.strong(text) : palette.paint(text, cell.status()));
      if (at < last) {
        line.repeat(' ', Math.max(0, widths[at] - DisplayWidth.of(text)));
      }
    }
    out.line(line);
  }
}
