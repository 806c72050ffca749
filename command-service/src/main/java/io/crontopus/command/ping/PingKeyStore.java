package io.crontopus.command.ping;

import static io.crontopus.identity.Rows.instant;
import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;
import static io.crontopus.identity.Rows.sqlTimeOrNull;

import io.crontopus.identity.SecretToken;
import io.crontopus.identity.TenantDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of jobs. Not for an event loop. */
public final class PingKeyStore {

  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final TenantDatabase database;

  PingKeyStore(TenantDatabase database) {
    this.database = database;
  }

  /** The key of this secret while it is in use; notes that it was used, at most once a minute. */
  public Optional<PingKey> use(String secret, Instant now) {
    Optional<PingKey> key =
        SecretToken.kindOf(secret)
            .filter(kind -> kind == SecretToken.Kind.PING)
            .flatMap(_ -> find(secret));
    key.filter(found -> stale(found.lastUsedAt(), now))
        .ifPresent(
            found -> {
              int _ =
                  database.in(
                      found.tenantId(),
                      jdbc ->
                          jdbc.sql("UPDATE identity.ping_key SET last_used_at = ? WHERE key_id = ?")
                              .params(sqlTime(now), found.id())
                              .update());
            });
    return key;
  }

  /** Stores a new key's hash. */
  void add(PingKey key, String secret) {
    database
        .entered()
        .sql(
            """
            INSERT INTO identity.ping_key
              (key_id, tenant_id, namespace, job_name, prefix, key_hash, created_by, created_at)
            VALUES (:id, :tenant, :namespace, :job, :prefix, :hash, :by, :created)
            """)
        .param("id", key.id())
        .param("tenant", key.tenantId())
        .param("namespace", key.namespace())
        .param("job", key.jobName())
        .param("prefix", key.prefix())
        .param("hash", SecretToken.hash(secret))
        .param("by", key.createdBy())
        .param("created", sqlTime(key.createdAt()))
        .update();
  }

  /** How many keys a job has in use. */
  int inUse(String tenantId, String namespace, String jobName) {
    return database
        .entered()
        .sql(
            """
            SELECT count(*) FROM identity.ping_key
            WHERE tenant_id = ? AND namespace = ? AND job_name = ? AND revoked_at IS NULL
            """)
        .params(tenantId, namespace, jobName)
        .query(Integer.class)
        .single();
  }

  /** Keys of a tenant, newest first, from behind the given one. */
  List<PingKey> list(
      String tenantId, int limit, @Nullable Instant beforeTime, @Nullable String beforeId) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
                    SELECT * FROM identity.ping_key
                    WHERE tenant_id = :tenant
                      AND (cast(:time AS timestamptz) IS NULL OR (created_at, key_id) < (:time, :id))
                    ORDER BY created_at DESC, key_id DESC LIMIT :limit
                    """)
                .param("tenant", tenantId)
                .param("time", sqlTimeOrNull(beforeTime))
                .param("id", beforeId)
                .param("limit", limit)
                .query(PingKeyStore::key)
                .list());
  }

  /** Takes a key out of use; false when the tenant has no such key in use. */
  boolean revoke(String tenantId, String keyId, Instant now) {
    return database
            .entered()
            .sql(
                """
                UPDATE identity.ping_key SET revoked_at = ?
                WHERE tenant_id = ? AND key_id = ? AND revoked_at IS NULL
                """)
            .params(sqlTime(now), tenantId, keyId)
            .update()
        == 1;
  }

  private Optional<PingKey> find(String secret) {
    return database
        .beforeTenant()
        .sql("SELECT * FROM identity.ping_key_by_hash(?) WHERE revoked_at IS NULL")
        .param(SecretToken.hash(secret))
        .query(PingKeyStore::key)
        .optional();
  }

  private static boolean stale(@Nullable Instant lastUsed, Instant now) {
    return lastUsed == null || lastUsed.isBefore(now.minus(NOTED_EVERY));
  }

  private static PingKey key(ResultSet row, int number) throws SQLException {
    return new PingKey(
        row.getString("key_id"),
        row.getString("tenant_id"),
        row.getString("namespace"),
        row.getString("job_name"),
        row.getString("prefix"),
        row.getString("created_by"),
        requiredInstant(row, "created_at"),
        instant(row, "last_used_at"),
        instant(row, "revoked_at"));
  }
}
