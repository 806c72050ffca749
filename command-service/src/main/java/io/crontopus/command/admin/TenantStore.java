package io.crontopus.command.admin;

import static io.crontopus.identity.Rows.instant;
import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;
import static io.crontopus.identity.Rows.sqlTimeOrNull;

import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.tenant.TenantState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tenants of every state. */
final class TenantStore {

  /** A change of state, with who wants it and why. */
  record Change(
      TenantState to, Instant at, String by, String reason, @Nullable Instant purgeAfter) {}

  private static final String SELECT =
      """
      SELECT t.*,
        (SELECT count(*) FROM identity.app_user u WHERE u.tenant_id = t.tenant_id) AS users,
        (SELECT count(*) FROM identity.endpoint_token e WHERE e.tenant_id = t.tenant_id) AS endpoints,
        (SELECT count(*) FROM identity.api_token a WHERE a.tenant_id = t.tenant_id AND a.revoked_at IS NULL)
          AS api_tokens
      FROM identity.tenant t
      """;

  private final TenantDatabase database;

  TenantStore(TenantDatabase database) {
    this.database = database;
  }

  /** Adds a tenant; false when its name is taken, or was until its tenant was removed. */
  boolean add(String tenantId, Instant at, String by, String reason) {
    return database.inAll(
        jdbc ->
            jdbc.sql(
                        """
                INSERT INTO identity.tenant (tenant_id, created_at, state_since, state_by, state_reason)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
                    .params(tenantId, sqlTime(at), sqlTime(at), by, reason)
                    .update()
                == 1);
  }

  /** Whether the tenant works and nobody has joined it; nobody does until the transaction ends. */
  boolean isEmpty(String tenantId) {
    return database.inAll(
        jdbc ->
            jdbc.sql(
                    """
            SELECT 1 FROM identity.tenant t
            WHERE t.tenant_id = ? AND t.state = 'active'
              AND NOT EXISTS (SELECT 1 FROM identity.app_user u WHERE u.tenant_id = t.tenant_id)
            FOR UPDATE
            """)
                .param(tenantId)
                .query(Integer.class)
                .optional()
                .isPresent());
  }

  /** The tenant of this id. */
  Optional<Tenant> find(String tenantId) {
    return database.inAll(
        jdbc ->
            jdbc.sql(SELECT + "WHERE t.tenant_id = ?")
                .param(tenantId)
                .query(TenantStore::tenant)
                .optional());
  }

  /** The tenant's state, which nobody else changes until the transaction ends. */
  Optional<TenantState> lock(String tenantId) {
    return database.inAll(
        jdbc ->
            jdbc.sql("SELECT state FROM identity.tenant WHERE tenant_id = ? FOR UPDATE")
                .param(tenantId)
                .query((row, number) -> state(row))
                .optional());
  }

  void change(String tenantId, Change change) {
    database.inAll(
        jdbc ->
            jdbc.sql(
                    """
            UPDATE identity.tenant
            SET state = :state, state_since = :at, state_by = :by, state_reason = :reason, purge_after = :purge
            WHERE tenant_id = :tenant
            """)
                .param("state", change.to().wireName())
                .param("at", sqlTime(change.at()))
                .param("by", change.by())
                .param("reason", change.reason())
                .param("purge", sqlTimeOrNull(change.purgeAfter()))
                .param("tenant", tenantId)
                .update());
  }

  /**
   * Tenants, the newest first, from behind the given one.
   *
   * @param part what their names contain; null for any
   */
  List<Tenant> list(
      int limit,
      @Nullable Instant beforeTime,
      @Nullable String beforeId,
      @Nullable String part,
      @Nullable TenantState state) {
    return database.inAll(
        jdbc ->
            jdbc.sql(
                    SELECT
                        + """
                  WHERE (cast(:time AS timestamptz) IS NULL OR (t.created_at, t.tenant_id) < (:time, :id))
                    AND (cast(:part AS text) IS NULL OR position(lower(:part) IN t.tenant_id) > 0)
                    AND (cast(:state AS text) IS NULL OR t.state = :state)
                  ORDER BY t.created_at DESC, t.tenant_id DESC LIMIT :limit
                  """)
                .param("time", sqlTimeOrNull(beforeTime))
                .param("id", beforeId)
                .param("part", part)
                .param("state", state == null ? null : state.wireName())
                .param("limit", limit)
                .query(TenantStore::tenant)
                .list());
  }

  private static Tenant tenant(ResultSet row, int number) throws SQLException {
    Instant created = requiredInstant(row, "created_at");
    return new Tenant(
        row.getString("tenant_id"),
        state(row),
        Objects.requireNonNullElse(instant(row, "state_since"), created),
        row.getString("state_by"),
        row.getString("state_reason"),
        created,
        instant(row, "purge_after"),
        row.getLong("users"),
        row.getLong("endpoints"),
        row.getLong("api_tokens"));
  }

  private static TenantState state(ResultSet row) throws SQLException {
    return TenantState.named(row.getString("state")).orElseThrow();
  }
}
