package io.crontopus.projection.processing;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code read_model.projection_rebuild}: the projections that are being filled anew. */
final class Rebuilds {

  /** How far a rebuild is. */
  enum Phase {
    FILLING(0, 0.55),
    INDEXING(0.55, 0.95),
    CATCHING_UP(0.95, 1);

    private final double begin;
    private final double end;

    /**
     * A phase.
     *
     * @param begin which part of a rebuild's time is over when it begins, as measured with the runs
     * @param end and when it ends
     */
    Phase(double begin, double end) {
      this.begin = begin;
      this.end = end;
    }

    /** How far the rebuild is, from 0 to 1, when so much of the phase is done, from 0 to 1. */
    double progress(double done) {
      return begin + (end - begin) * Math.clamp(done, 0.0, 1.0);
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Phase ofWireName(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** What can become of a rebuild. */
  enum Outcome {
    COMPLETED,
    ABORTED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A rebuild that is over. */
  record Ended(String outcome, Instant startedAt, Instant endedAt) {}

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

  /** Among all locks of this kind in the database: "CTOP", and a number of its own. */
  private static final String GIVEN_UP = "(1129598800, 8)";

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

  /**
   * Says until the transaction ends that it gives a rebuild up, one transaction at a time. A step
   * that is cancelled for it knows by that why.
   */
  void giveUp() {
    jdbc.sql("SELECT pg_advisory_xact_lock" + GIVEN_UP).query((row, n) -> true).list();
  }

  /** Whether the rebuild is over; waits for those that are giving one up. */
  boolean isOver(String name) {
    jdbc.sql("SELECT pg_advisory_xact_lock_shared" + GIVEN_UP).query((row, n) -> true).list();
    return select("WHERE name = ?", name).optional().isEmpty();
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

  /** Forgets a rebuild but for what became of it. */
  void end(String name, Outcome outcome) {
    jdbc.sql(
            """
            WITH ended AS (DELETE FROM read_model.projection_rebuild WHERE name = ? RETURNING name, started_at)
            UPDATE read_model.projection_progress p
            SET rebuild_started_at = e.started_at, rebuild_ended_at = clock_timestamp(), rebuild_outcome = ?
            FROM ended e WHERE p.name = e.name
            """)
        .params(name, outcome.wireName())
        .update();
  }

  /** The last rebuild of each projection that is over, by its name. */
  Map<String, Ended> ended() {
    Map<String, Ended> ended = new HashMap<>();
    jdbc.sql(
            """
            SELECT name, rebuild_started_at, rebuild_ended_at, rebuild_outcome
            FROM read_model.projection_progress WHERE rebuild_outcome IS NOT NULL
            """)
        .query(
            (RowCallbackHandler)
                row ->
                    ended.put(
                        row.getString("name"),
                        new Ended(
                            row.getString("rebuild_outcome"),
                            row.getObject("rebuild_started_at", OffsetDateTime.class).toInstant(),
                            row.getObject("rebuild_ended_at", OffsetDateTime.class).toInstant())));
    return ended;
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
