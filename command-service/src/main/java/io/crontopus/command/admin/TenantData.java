package io.crontopus.command.admin;

import io.crontopus.identity.TenantDatabase;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All that the platform's tables have of a tenant, a bounded piece at a time. Tables are found by
 * their column {@code tenant_id}, so that a new feature's are not forgotten.
 */
final class TenantData {

  /** What follows the log, and how far it has to be; empty when it is. */
  private static final String BEHIND =
      """
      SELECT 'the audit log is behind' WHERE (SELECT position FROM audit.progress) < :position
      UNION ALL
      SELECT 'the projection ' || name || ' is behind' FROM read_model.projection_progress
      WHERE position < :position AND name <> 'heartbeats'
      UNION ALL
      SELECT 'the projection ' || name || ' is being rebuilt' FROM read_model.projection_rebuild
      LIMIT 1
      """;

  /** The tenant itself is what remembers that it is gone; the rest is removed in its own order. */
  private static final String TABLES =
      """
      SELECT format('%I.%I', n.nspname, c.relname)
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relkind = 'r'
        AND n.nspname IN ('identity', 'event_store', 'read_model', 'read_model_next')
        AND (n.nspname, c.relname) NOT IN
          (('identity', 'tenant'), ('identity', 'tenant_purge'), ('read_model', 'usage_daily'))
      ORDER BY n.nspname = 'identity' DESC, 1
      """;

  /**
   * An event is removed with its leaf, and only when it says itself that it is this tenant's:
   * whoever could write to the table of leaves must not make us remove another one's.
   */
  private static final String EVENTS =
      """
      WITH batch AS (
        SELECT seq, position FROM audit.entry WHERE tenant_id = :tenant ORDER BY seq LIMIT :most
      ), events AS (
        DELETE FROM event_store.domain_event d USING batch b
        WHERE d.global_index = b.position
          AND :tenant = coalesce(
            nullif(convert_from(d.metadata, 'UTF8')::jsonb ->> 'tenantId', ''),
            convert_from(d.payload, 'UTF8')::jsonb ->> 'tenantId')
      ), letters AS (
        DELETE FROM read_model.dead_letter l USING batch b
        WHERE l.position = b.position AND l.projection <> 'heartbeats'
        RETURNING l.projection, l.rebuild
      ), parked AS (
        UPDATE read_model.projection_progress p SET parked = p.parked - f.letters
        FROM (SELECT projection, count(*) AS letters FROM letters WHERE NOT rebuild GROUP BY projection) f
        WHERE p.name = f.projection
      ), leaves AS (
        DELETE FROM audit.entry e USING batch b WHERE e.tenant_id = :tenant AND e.seq = b.seq RETURNING 1
      )
      SELECT count(*) FROM leaves
      """;

  private static final String NODES =
      """
      DELETE FROM audit.node WHERE ctid = ANY (
        ARRAY(SELECT ctid FROM audit.node WHERE tenant_id = :tenant LIMIT :most))
      """;

  private final TenantDatabase database;

  TenantData(TenantDatabase database) {
    this.database = database;
  }

  /** A piece that is removed and noted in one transaction. */
  interface Noting {
    /** Whether nobody else is at it. */
    boolean claimed();

    void removed(long events, long rows);
  }

  /** Whether the parts of the platform that hold events and what is made of them are here. */
  boolean isComplete() {
    return database.inAll(
        jdbc ->
            jdbc.sql(
                    "SELECT to_regclass('audit.entry') IS NOT NULL AND to_regclass('read_model.run') IS NOT NULL")
                .query(Boolean.class)
                .single());
  }

  /** How many events the tenant has, as far as the audit log has come. */
  long events(String tenantId) {
    return database.inAll(
        jdbc ->
            jdbc.sql("SELECT count(*) FROM audit.entry WHERE tenant_id = ?")
                .param(tenantId)
                .query(Long.class)
                .single());
  }

  /** The newest position of the log. */
  long head() {
    return database.inAll(
        jdbc ->
            jdbc.sql("SELECT coalesce(max(global_index), 0) FROM event_store.domain_event")
                .query(Long.class)
                .single());
  }

  /** Who has not come so far yet; empty when all have. */
  Optional<String> behind(long position) {
    return database.inAll(
        jdbc -> jdbc.sql(BEHIND).param("position", position).query(String.class).optional());
  }

  /**
   * Removes a piece of what is in tables.
   *
   * @return whether there was any
   * @throws DataIntegrityViolationException when what is left refers to each other
   */
  boolean removeRows(String tenantId, int most, Noting noting) {
    DataIntegrityViolationException stuck = null;
    for (String table : tables()) {
      try {
        if (removeRows(table, tenantId, most, noting)) {
          return true;
        }
      } catch (DataIntegrityViolationException e) {
        // Another table's rows refer to these, and have to go first.
        stuck = e;
      }
    }
    if (stuck != null) {
      throw stuck;
    }
    return false;
  }

  private List<String> tables() {
    return database.inAll(jdbc -> jdbc.sql(TABLES).query((row, number) -> row.getString(1)).list());
  }

  private boolean removeRows(String table, String tenantId, int most, Noting noting) {
    return inTurn(
        noting,
        jdbc -> {
          int rows =
              jdbc.sql(
                      """
                      DELETE FROM %1$s WHERE ctid = ANY (
                        ARRAY(SELECT ctid FROM %1$s WHERE tenant_id = :tenant LIMIT :most))
                      """
                          .formatted(table))
                  .param("tenant", tenantId)
                  .param("most", most)
                  .update();
          noting.removed(0, rows);
          return rows > 0;
        });
  }

  /** Lets the tenant's log be one whose events are gone; what was signed of it stays. */
  void forgetLog(String tenantId) {
    database.inAll(
        jdbc ->
            jdbc.sql(
                    "UPDATE audit.log SET forgotten_at = clock_timestamp() WHERE tenant_id = ? AND forgotten_at IS NULL")
                .param(tenantId)
                .update());
  }

  /** Removes a piece of the events; whether there was any. */
  boolean removeEvents(String tenantId, int most, Noting noting) {
    return inTurn(
        noting,
        jdbc -> {
          long events =
              jdbc.sql(EVENTS)
                  .param("tenant", tenantId)
                  .param("most", most)
                  .query(Long.class)
                  .single();
          noting.removed(events, 0);
          return events > 0;
        });
  }

  /** Removes a piece of the tenant's tree; whether there was any. */
  boolean removeNodes(String tenantId, int most, Noting noting) {
    return inTurn(
        noting,
        jdbc -> {
          int nodes = jdbc.sql(NODES).param("tenant", tenantId).param("most", most).update();
          noting.removed(0, nodes);
          return nodes > 0;
        });
  }

  private interface Piece {
    boolean remove(JdbcClient jdbc);
  }

  /** When another node is at it, there is more to do as far as this one knows. */
  private boolean inTurn(Noting noting, Piece piece) {
    return database.inAll(jdbc -> !noting.claimed() || piece.remove(jdbc));
  }
}
