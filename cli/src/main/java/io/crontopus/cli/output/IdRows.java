package io.crontopus.cli.output;

import io.crontopus.cli.shell.Out;
import java.util.function.Function;

/** Only what identifies each row, one a line, for another command to read. */
final class IdRows implements RowWriter {
  private final Out out;
  private final Function<Row, String> id;

  IdRows(Out out, Function<Row, String> id) {
    this.out = out;
    this.id = id;
  }

  @Override
  public void row(Row row) {
    out.line(SafeText.line(id.apply(row)));
  }

  @Override
  public void end() {}
}
