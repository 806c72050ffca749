package io.crontopus.cli.output;

import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param elastic whether it gives way when the terminal is too narrow
 */
public record Column(String title, boolean elastic, Function<Row, Cell> value) {

  public static Column of(String title, Function<Row, String> value) {
    return new Column(title, false, value.andThen(Cell::of));
  }

  /** A column of free text, the first to be cut on a narrow terminal. */
  public static Column elastic(String title, Function<Row, String> value) {
    return new Column(title, true, value.andThen(Cell::of));
  }

  public static Column status(String title, Function<Row, String> value) {
    return new Column(title, false, value.andThen(Cell::status));
  }
}
