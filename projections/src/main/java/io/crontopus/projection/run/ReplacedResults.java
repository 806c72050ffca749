package io.crontopus.projection.run;

import io.crontopus.projection.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The results of runs that a batch replaces by newer ones, for {@code run_replaced_result}: what
 * the API answered until then is in no other row.
 */
final class ReplacedResults {

  /**
   * A result that was.
   *
   * @param run the row as it was
   * @param from the position of the event that told the result
   * @param to the position of the event that replaced it
   */
  private record Replaced(RunRow run, long from, long to) {}

  private static final String PUT =
      """
      INSERT INTO run_replaced_result
        (valid_from, valid_to, tenant_id, run_id, status, finished_at, finished_position)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?)
      """;

  private final List<Replaced> replaced = new ArrayList<>();

  /** A run is not what it was, by the event at this position. */
  void moved(@Nullable RunRow before, RunRow after, long position) {
    Long from = before == null ? null : before.ended();
    if (before != null && from != null && !Objects.equals(from, after.ended())) {
      replaced.add(new Replaced(before, from, position));
    }
  }

  void write(Connection connection) throws SQLException {
    if (replaced.isEmpty()) {
      return;
    }
    SqlArrays<Replaced> rows = new SqlArrays<>(connection, replaced);
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      int column = 1;
      put.setArray(column++, rows.number(Replaced::from));
      put.setArray(column++, rows.number(Replaced::to));
      put.setArray(column++, rows.text(row -> row.run().tenantId()));
      put.setArray(column++, rows.text(row -> row.run().runId()));
      put.setArray(column++, rows.text(row -> row.run().status()));
      put.setArray(column++, rows.time(row -> row.run().finishedAt()));
      put.setArray(column, rows.number(row -> row.run().finished()));
      put.executeUpdate();
    }
  }
}
