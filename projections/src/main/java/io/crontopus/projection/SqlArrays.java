package io.crontopus.projection;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Columns of many rows as arrays, for {@code unnest}: one statement writes a batch. The driver
 * sends an array in binary form, which costs the database a fraction of parsing it, when it is one
 * of the very type that belongs to the column's.
 *
 * @param <R> a row
 */
public record SqlArrays<R>(Connection connection, Collection<R> rows) {

  /** A column of text. */
  public Array text(Function<R, @Nullable String> column) throws SQLException {
    return array("text", new @Nullable String[rows.size()], column);
  }

  /** A column of instants. */
  public Array time(Function<R, @Nullable Instant> column) throws SQLException {
    return array("timestamptz", new @Nullable Object[rows.size()], column);
  }

  /** A column of whole numbers. */
  public Array number(Function<R, @Nullable Number> column) throws SQLException {
    return array(
        "int8",
        new @Nullable Long[rows.size()],
        row -> {
          Number number = column.apply(row);
          return number == null ? null : number.longValue();
        });
  }

  /** A column of yes and no. */
  public Array flag(Function<R, @Nullable Boolean> column) throws SQLException {
    return array("bool", new @Nullable Boolean[rows.size()], column);
  }

  private <T> Array array(
      String type, @Nullable T[] values, Function<R, ? extends @Nullable T> column)
      throws SQLException {
    int i = 0;
    for (R row : rows) {
      values[i++] = column.apply(row);
    }
    return connection.createArrayOf(type, values);
  }
}
