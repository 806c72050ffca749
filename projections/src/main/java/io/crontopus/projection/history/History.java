package io.crontopus.projection.history;

import io.crontopus.projection.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Keeps the versions of a table's rows during one batch: each event that changes a row ends the
 * version that was and begins another one, a copy of the row as it is then. Versions are written
 * many at a time; rows that change more than once in a batch take a round more.
 *
 * <p>{@link #begin} comes before an event changes a row, {@link #write} at the end of the batch.
 *
 * <p>An event that was parked and comes after its time changes what is, and so what was since the
 * last version began; not what the API answered before.
 */
public final class History {

  private record Row(String tenantId, List<String> key) {}

  private record Version(Row row, long position) {}

  private final JdbcOperations sql;
  private final int keys;
  private final String end;
  private final String drop;
  private final String begin;
  private final Map<Row, Version> changed = new LinkedHashMap<>();

  /**
   * The history of a table whose rows are known by a tenant and these columns.
   *
   * @param table whose versions are in {@code <table>_history}
   */
  public History(JdbcOperations sql, String table, String... key) {
    this.sql = sql;
    this.keys = key.length;
    List<String> columns =
        IntStream.rangeClosed(0, keys).mapToObj(i -> i == 0 ? "tenant_id" : key[i - 1]).toList();
    String unnest =
        "unnest(?, %s) AS changed (position, %s)"
            .formatted(
                columns.stream().map(_ -> "?").collect(Collectors.joining(", ")),
                String.join(", ", columns));
    String same =
        columns.stream()
            .map(column -> "h.%1$s = changed.%1$s".formatted(column))
            .collect(Collectors.joining(" AND "));
    end =
        """
        UPDATE %s_history h SET valid_to = changed.position FROM %s
        WHERE %s AND h.valid_to = 9223372036854775807 AND h.valid_from < changed.position
        """
            .formatted(table, unnest, same);
    drop =
        """
        DELETE FROM %s_history h USING %s WHERE %s AND h.valid_to = 9223372036854775807
        """
            .formatted(table, unnest, same);
    begin =
        """
        INSERT INTO %1$s_history
        SELECT greatest(changed.position, (SELECT max(valid_to) FROM %1$s_history h WHERE %3$s)), 9223372036854775807, h.*
        FROM %2$s JOIN %1$s h ON %3$s
        """
            .formatted(table, unnest, same);
  }

  /** Says that the event at this position is about to change the row, or to remove it. */
  public void begin(long position, String tenantId, String... key) {
    Row row = new Row(tenantId, List.of(key));
    Version before = changed.get(row);
    if (before != null && before.position() != position) {
      write();
    }
    changed.put(row, new Version(row, position));
  }

  /** Writes the versions that began: the rows as they are now. */
  public void write() {
    if (changed.isEmpty()) {
      return;
    }
    sql.execute(
        (Connection connection) -> {
          execute(connection, end);
          execute(connection, drop);
          return execute(connection, begin);
        });
    changed.clear();
  }

  private int execute(Connection connection, String text) throws SQLException {
    SqlArrays<Version> versions = new SqlArrays<>(connection, changed.values());
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      int column = 1;
      statement.setArray(column++, versions.number(Version::position));
      statement.setArray(column++, versions.text(version -> version.row().tenantId()));
      for (int i = 0; i < keys; i++) {
        int key = i;
        statement.setArray(column++, versions.text(version -> version.row().key().get(key)));
      }
      return statement.executeUpdate();
    }
  }
}
