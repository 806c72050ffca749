package io.crontopus.projection;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Columns of many rows as arrays, for {@code unnest}: one statement writes a batch.
 *
 * @param <R> a row
 */
public record SqlArrays<R>(Connection connection, Collection<R> rows) {

  /** A column of text. */
  public Array text(Function<R, @Nullable String> column) throws SQLException {
    return array("text", column);
  }

  /** A column of instants. */
  public Array time(Function<R, @Nullable Instant> column) throws SQLException {
    return array("timestamptz", column);
  }

  /** A column of whole numbers. */
  public Array number(Function<R, @Nullable Number> column) throws SQLException {
    return array("int8", column);
  }

  /** A column of yes and no. */
  public Array flag(Function<R, @Nullable Boolean> column) throws SQLException {
    return array("bool", column);
  }

  private Array array(String type, Function<R, ? extends @Nullable Object> column)
      throws SQLException {
    Object[] values = new Object[rows.size()];
    int i = 0;
    for (R row : rows) {
      values[i++] = column.apply(row);
    }
    return connection.createArrayOf(type, values);
  }
}
