package io.crontopus.projection.processing;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code read_model.projection_rebuild}: the projections that are being filled anew. */
final class Rebuilds {

  /** How far a rebuild is. */
  enum Phase {
    FILLING,
    INDEXING,
    CATCHING_UP;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Phase ofWireName(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * A rebuild.
   *
   * @param position the position up to which the log was taken
   * @param target the newest position when it began
   * @param events how many events were taken
   * @param parked how many could not be taken
   * @param problem why it does not go on; null when it does
   */
  record Rebuild(
      String name,
      Phase phase,
      long position,
      long target,
      long events,
      long parked,
      String requestedBy,
      Instant startedAt,
      @Nullable String problem) {

    Rebuild in(Phase next) {
      return new Rebuild(
          name, next, position, target, events, parked, requestedBy, startedAt, null);
    }

    Rebuild at(long newPosition, int more, long newParked) {
      return new Rebuild(
          name, phase, newPosition, target, events + more, newParked, requestedBy, startedAt, null);
    }
  }

  private static final String COLUMNS =
      "name, phase, position, target, events, parked, requested_by, started_at, problem";

  private final JdbcClient jdbc;

  Rebuilds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Records that a rebuild begins; false when one is under way. */
  boolean begin(String name, long target, String requestedBy) {
    return jdbc.sql(
                """
                INSERT INTO read_model.projection_rebuild (name, phase, position, target, requested_by)
                VALUES (?, ?, 0, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(name, Phase.FILLING.wireName(), target, requestedBy)
            .update()
        > 0;
  }

  List<Rebuild> all() {
    return select("ORDER BY name").list();
  }

  /**
   * Claims the rebuild until the transaction ends; empty when it is over or another node has it.
   */
  Optional<Rebuild> claim(String name) {
    return select("WHERE name = ? FOR UPDATE SKIP LOCKED", name).optional();
  }

  /** Claims the rebuild, waiting for whoever has it; empty when it is over. */
  Optional<Rebuild> await(String name) {
    return select("WHERE name = ? FOR UPDATE", name).optional();
  }

  void store(Rebuild rebuild) {
    jdbc.sql(
            """
            UPDATE read_model.projection_rebuild
            SET phase = ?, position = ?, events = ?, parked = ?, problem = NULL, updated_at = clock_timestamp()
            WHERE name = ?
            """)
        .params(
            rebuild.phase().wireName(),
            rebuild.position(),
            rebuild.events(),
            rebuild.parked(),
            rebuild.name())
        .update();
  }

  void hindered(String name, String problem) {
    jdbc.sql("UPDATE read_model.projection_rebuild SET problem = ? WHERE name = ?")
        .params(problem, name)
        .update();
  }

  void end(String name) {
    jdbc.sql("DELETE FROM read_model.projection_rebuild WHERE name = ?").param(name).update();
  }

  private JdbcClient.MappedQuerySpec<Rebuild> select(String rest, Object... parameters) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM read_model.projection_rebuild " + rest)
        .params(parameters)
        .query(
            (row, n) ->
                new Rebuild(
                    row.getString("name"),
                    Phase.ofWireName(row.getString("phase")),
                    row.getLong("position"),
                    row.getLong("target"),
                    row.getLong("events"),
                    row.getLong("parked"),
                    row.getString("requested_by"),
                    row.getObject("started_at", OffsetDateTime.class).toInstant(),
                    row.getString("problem")));
  }
}
