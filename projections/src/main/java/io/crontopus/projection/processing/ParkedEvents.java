package io.crontopus.projection.processing;

import io.crontopus.eventstore.StoredEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code read_model.dead_letter}: what a projection could not take. */
final class ParkedEvents {

  private static final int LONGEST_CAUSE = 2_000;

  private final JdbcClient jdbc;

  ParkedEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of these sequences of which an event is parked. */
  Set<String> closed(String projection, boolean rebuild, Set<String> sequences) {
    return new HashSet<>(
        jdbc.sql(
                """
                SELECT sequence FROM unnest(?::text[]) AS of_batch (sequence)
                WHERE EXISTS (SELECT FROM read_model.dead_letter d
                              WHERE d.projection = ? AND d.rebuild = ? AND d.sequence = of_batch.sequence)
                """)
            .params(sequences.toArray(String[]::new), projection, rebuild)
            .query(String.class)
            .list());
  }

  /**
   * Parks an event.
   *
   * @param cause why; null when an earlier one of its sequence is parked
   */
  void park(
      String projection,
      boolean rebuild,
      String sequence,
      StoredEvent event,
      @Nullable RuntimeException cause) {
    jdbc.sql(
            """
            INSERT INTO read_model.dead_letter
              (projection, rebuild, sequence, position, event_id, event_name, cause)
            VALUES (:projection, :rebuild, :sequence, :position, :event, :name, :cause)
            """)
        .param("projection", projection)
        .param("rebuild", rebuild)
        .param("sequence", sequence)
        .param("position", event.position())
        .param("event", event.eventId())
        .param("name", event.name())
        .param("cause", cause == null ? null : text(cause))
        .update();
  }

  /** The positions of a sequence's parked events, in order. */
  List<Long> positions(String projection, String sequence) {
    return jdbc.sql(
            """
            SELECT position FROM read_model.dead_letter
            WHERE projection = ? AND NOT rebuild AND sequence = ? ORDER BY position
            """)
        .params(projection, sequence)
        .query((row, n) -> row.getLong(1))
        .list();
  }

  void remove(String projection, long position) {
    jdbc.sql(
            """
            DELETE FROM read_model.dead_letter WHERE projection = ? AND NOT rebuild AND position = ?
            """)
        .params(projection, position)
        .update();
  }

  void failedAgain(String projection, long position, RuntimeException cause) {
    jdbc.sql(
            """
            UPDATE read_model.dead_letter
            SET cause = ?, attempts = attempts + 1, last_attempt_at = clock_timestamp()
            WHERE projection = ? AND NOT rebuild AND position = ?
            """)
        .params(text(cause), projection, position)
        .update();
  }

  void forget(String projection, boolean rebuild) {
    jdbc.sql("DELETE FROM read_model.dead_letter WHERE projection = ? AND rebuild = ?")
        .params(projection, rebuild)
        .update();
  }

  /** What a rebuild could not take is what the projection could not take. */
  void takeOver(String projection) {
    forget(projection, false);
    jdbc.sql("UPDATE read_model.dead_letter SET rebuild = false WHERE projection = ?")
        .param(projection)
        .update();
  }

  private static String text(RuntimeException cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    // an error may quote what PostgreSQL cannot store
    String text = (root.getClass().getSimpleName() + ": " + root.getMessage()).replace('\0', '?');
    return text.length() <= LONGEST_CAUSE ? text : text.substring(0, LONGEST_CAUSE);
  }
}
