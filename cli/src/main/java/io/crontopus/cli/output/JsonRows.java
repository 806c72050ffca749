package io.crontopus.cli.output;

import io.crontopus.cli.shell.Out;

/** One JSON array of all rows. */
final class JsonRows implements RowWriter {
  private final Out out;
  private boolean isEmpty = true;

  JsonRows(Out out) {
    this.out = out;
  }

  @Override
  public void row(Row row) {
    out.print(isEmpty ? "[\n  " : ",\n  ");
    out.print(Documents.json(row.json()).replace("\n", "\n  "));
    isEmpty = false;
  }

  @Override
  public void end() {
    out.line(isEmpty ? "[]" : "\n]");
  }
}
