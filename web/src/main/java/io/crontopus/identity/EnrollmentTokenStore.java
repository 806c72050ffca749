package io.crontopus.identity;

import static io.crontopus.identity.Rows.instant;
import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;
import static io.crontopus.identity.Rows.sqlTimeOrNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Enrollment tokens. */
public final class EnrollmentTokenStore {

  private final TenantDatabase database;

  public EnrollmentTokenStore(TenantDatabase database) {
    this.database = database;
  }

  /** Stores a new token's hash and its limits. */
  public void add(EnrollmentToken token, String secret) {
    int _ =
        database.in(
            token.tenantId(),
            jdbc ->
                jdbc.sql(
                        """
            INSERT INTO identity.enrollment_token
              (token_id, tenant_id, name, prefix, token_hash, created_at, expires_at, max_uses)
            VALUES (:id, :tenant, :name, :prefix, :hash, :created, :expires, :uses)
            """)
                    .param("id", token.id())
                    .param("tenant", token.tenantId())
                    .param("name", token.name())
                    .param("prefix", token.prefix())
                    .param("hash", SecretToken.hash(secret))
                    .param("created", sqlTime(token.createdAt()))
                    .param("expires", sqlTimeOrNull(token.expiresAt()))
                    .param("uses", token.maxUses())
                    .update());
  }

  /** The token of this secret while it is valid. */
  public Optional<EnrollmentToken> find(String secret, Instant now) {
    return database
        .beforeTenant()
        .sql(
            """
            SELECT * FROM identity.enrollment_token_by_hash(?)
            WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)
            """)
        .params(SecretToken.hash(secret), sqlTime(now))
        .query(EnrollmentTokenStore::token)
        .optional();
  }

  /** Counts one use; false when it has none left or is no longer valid. */
  public boolean use(String tokenId, Instant now) {
    return database
            .entered()
            .sql(
                """
                UPDATE identity.enrollment_token SET used_count = used_count + 1
                WHERE token_id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)
                  AND (max_uses IS NULL OR used_count < max_uses)
                """)
            .params(tokenId, sqlTime(now))
            .update()
        == 1;
  }

  /** Gives a use back that came to nothing. */
  public void giveBack(String tenantId, String tokenId) {
    int _ =
        database.in(
            tenantId,
            jdbc ->
                jdbc.sql(
                        """
                        UPDATE identity.enrollment_token SET used_count = used_count - 1
                        WHERE token_id = ? AND used_count > 0
                        """)
                    .param(tokenId)
                    .update());
  }

  /** Tokens of a tenant, newest first, from behind the given one. */
  public List<EnrollmentToken> list(
      String tenantId, int limit, @Nullable Instant beforeTime, @Nullable String beforeId) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
            SELECT * FROM identity.enrollment_token
            WHERE tenant_id = :tenant
              AND (cast(:time AS timestamptz) IS NULL OR (created_at, token_id) < (:time, :id))
            ORDER BY created_at DESC, token_id DESC LIMIT :limit
            """)
                .param("tenant", tenantId)
                .param("time", sqlTimeOrNull(beforeTime))
                .param("id", beforeId)
                .param("limit", limit)
                .query(EnrollmentTokenStore::token)
                .list());
  }

  /** Takes a token out of use; false when the tenant has no such token in use. */
  public boolean revoke(String tenantId, String tokenId, Instant now) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                        """
                UPDATE identity.enrollment_token SET revoked_at = ?
                WHERE tenant_id = ? AND token_id = ? AND revoked_at IS NULL
                """)
                    .params(sqlTime(now), tenantId, tokenId)
                    .update()
                == 1);
  }

  private static EnrollmentToken token(ResultSet row, int number) throws SQLException {
    return new EnrollmentToken(
        row.getString("token_id"),
        row.getString("tenant_id"),
        row.getString("name"),
        row.getString("prefix"),
        requiredInstant(row, "created_at"),
        instant(row, "expires_at"),
        row.getObject("max_uses", Integer.class),
        row.getInt("used_count"),
        instant(row, "revoked_at"));
  }
}
