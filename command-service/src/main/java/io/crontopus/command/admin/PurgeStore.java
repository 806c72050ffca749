package io.crontopus.command.admin;

import static io.crontopus.identity.Rows.instant;
import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;

import io.crontopus.command.admin.TenantView.PurgeView;
import io.crontopus.identity.TenantDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code identity.tenant_purge}: the tenants whose data is being removed, and how far that is. */
final class PurgeStore {

  /** What is removed, in this order. */
  enum Phase {
    /** Those who follow the log come past the tenant's last event: what is removed stays away. */
    SETTLING,
    /** Credentials, people, everything that is shown; and the repository. */
    ROWS,
    /** Events, with their leaves of the tenant's Merkle tree. */
    EVENTS,
    /** The tree's nodes, and whatever came meanwhile. */
    REMAINS,
    DONE;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A tenant that is being removed.
   *
   * @param position how far everybody who follows the log has to be before this phase ends; null
   *     until that was asked for
   */
  record Purge(String tenantId, Phase phase, @Nullable Long position) {}

  private final TenantDatabase database;

  PurgeStore(TenantDatabase database) {
    this.database = database;
  }

  /** A tenant whose time of grace is over, held until the transaction ends. */
  Optional<String> due(Instant now) {
    return database.inAll(
        jdbc ->
            jdbc.sql(
                    """
            SELECT tenant_id FROM identity.tenant WHERE state = 'deleting' AND purge_after <= ?
            ORDER BY purge_after LIMIT 1 FOR UPDATE SKIP LOCKED
            """)
                .param(sqlTime(now))
                .query(String.class)
                .optional());
  }

  void begin(String tenantId, Instant now) {
    database.inAll(
        jdbc ->
            jdbc.sql(
                    """
            INSERT INTO identity.tenant_purge (tenant_id, phase, events_before, started_at, updated_at)
            VALUES (?, 'settling', 0, ?, ?)
            """)
                .params(tenantId, sqlTime(now), sqlTime(now))
                .update());
  }

  /** Those that are not done, the oldest first. */
  List<Purge> open() {
    return select("WHERE phase <> 'done' ORDER BY started_at, tenant_id");
  }

  /**
   * Keeps other nodes from it until the transaction ends; false when one has it, or moved it on.
   */
  boolean claim(Purge purge) {
    return database.inAll(
        jdbc ->
            jdbc.sql(
                    """
            SELECT 1 FROM identity.tenant_purge WHERE tenant_id = ? AND phase = ? FOR UPDATE SKIP LOCKED
            """)
                .params(purge.tenantId(), purge.phase().wireName())
                .query(Integer.class)
                .optional()
                .isPresent());
  }

  /** How many events there are to remove. */
  void found(String tenantId, long events) {
    database.inAll(
        jdbc ->
            jdbc.sql("UPDATE identity.tenant_purge SET events_before = ? WHERE tenant_id = ?")
                .params(events, tenantId)
                .update());
  }

  void removed(String tenantId, long events, long rows, Instant now) {
    database.inAll(
        jdbc ->
            jdbc.sql(
                    """
            UPDATE identity.tenant_purge SET events = events + ?, rows = rows + ?, updated_at = ?, problem = NULL
            WHERE tenant_id = ?
            """)
                .params(events, rows, sqlTime(now), tenantId)
                .update());
  }

  /** Goes on to the next phase, unless another node has. */
  void enter(Purge purge, Phase phase, Instant now) {
    database.inAll(
        jdbc ->
            jdbc.sql(
                    """
            UPDATE identity.tenant_purge
            SET phase = :phase, position = NULL, updated_at = :now, problem = NULL,
                finished_at = CASE WHEN :phase = 'done' THEN cast(:now AS timestamptz) END
            WHERE tenant_id = :tenant AND phase = :from
            """)
                .param("phase", phase.wireName())
                .param("now", sqlTime(now))
                .param("tenant", purge.tenantId())
                .param("from", purge.phase().wireName())
                .update());
  }

  void waitFor(String tenantId, long position) {
    database.inAll(
        jdbc ->
            jdbc.sql("UPDATE identity.tenant_purge SET position = ? WHERE tenant_id = ?")
                .params(position, tenantId)
                .update());
  }

  void hindered(String tenantId, String problem) {
    database.inAll(
        jdbc ->
            jdbc.sql(
                    """
            UPDATE identity.tenant_purge SET problem = ? WHERE tenant_id = ? AND problem IS DISTINCT FROM ?
            """)
                .params(problem, tenantId, problem)
                .update());
  }

  /** How far the removal of this tenant's data is. */
  Optional<PurgeView> progress(String tenantId) {
    return database.inAll(
        jdbc ->
            jdbc.sql("SELECT * FROM identity.tenant_purge WHERE tenant_id = ?")
                .param(tenantId)
                .query(
                    (row, number) ->
                        new PurgeView(
                            row.getString("phase"),
                            row.getLong("events"),
                            row.getLong("events_before"),
                            row.getLong("rows"),
                            requiredInstant(row, "started_at"),
                            requiredInstant(row, "updated_at"),
                            instant(row, "finished_at"),
                            row.getString("problem")))
                .optional());
  }

  /** Those of these tenants that are being removed, or were. */
  List<String> goneAmong(List<String> tenantIds) {
    return database.inAll(
        jdbc ->
            jdbc.sql(
                    """
            SELECT tenant_id FROM identity.tenant WHERE tenant_id = ANY (?) AND state IN ('purging', 'purged')
            """)
                .param(tenantIds.toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .list());
  }

  private List<Purge> select(String rest) {
    return database.inAll(
        jdbc ->
            jdbc.sql("SELECT tenant_id, phase, position FROM identity.tenant_purge " + rest)
                .query(
                    (row, number) ->
                        new Purge(
                            row.getString("tenant_id"),
                            Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
                            row.getObject("position", Long.class)))
                .list());
  }
}
