package io.crontopus.projection.processing;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code read_model.projection_progress}: how far each projection is, and who works on it now. */
final class Progress {

  /**
   * Where a projection stands.
   *
   * @param position the position up to which it took the log
   * @param parked how many events it could not take
   */
  record Standing(String name, long position, long parked) {}

  private final JdbcClient jdbc;

  Progress(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes sure that the projection has a row. */
  void prepare(String name) {
    jdbc.sql(
            """
            INSERT INTO read_model.projection_progress (name, position) VALUES (?, 0) ON CONFLICT DO NOTHING
            """)
        .param(name)
        .update();
  }

  /** Claims the projection until the transaction ends; empty when another node has it. */
  Optional<Standing> claim(String name) {
    return standing("WHERE name = ? FOR UPDATE SKIP LOCKED", name);
  }

  /** Claims the projection, waiting for whoever has it. */
  Standing await(String name) {
    return standing("WHERE name = ? FOR UPDATE", name).orElseThrow();
  }

  /** Where all projections stand. */
  List<Standing> all() {
    return jdbc.sql("SELECT name, position, parked FROM read_model.projection_progress")
        .query((row, n) -> new Standing(row.getString(1), row.getLong(2), row.getLong(3)))
        .list();
  }

  /** Stores how far the projection is, in the transaction that brought it there. */
  void store(Standing standing) {
    jdbc.sql(
            """
            UPDATE read_model.projection_progress SET position = ?, parked = ?, updated_at = clock_timestamp()
            WHERE name = ?
            """)
        .params(standing.position(), standing.parked(), standing.name())
        .update();
  }

  private Optional<Standing> standing(String where, String name) {
    return jdbc.sql("SELECT name, position, parked FROM read_model.projection_progress " + where)
        .param(name)
        .query((row, n) -> new Standing(row.getString(1), row.getLong(2), row.getLong(3)))
        .optional();
  }
}
