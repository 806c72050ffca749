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

/** API tokens. */
public final class ApiTokenStore {

  /** A token that works, with its user's role as it is now. */
  public record Valid(ApiToken token, Role role) {}

  private final TenantDatabase database;

  public ApiTokenStore(TenantDatabase database) {
    this.database = database;
  }

  /** Stores a new token's hash and what it may do. */
  public void add(ApiToken token, String secret) {
    int _ =
        database.in(
            token.tenantId(),
            jdbc ->
                jdbc.sql(
                        """
            INSERT INTO identity.api_token
              (token_id, tenant_id, user_id, name, prefix, token_hash, scopes, created_at, expires_at)
            VALUES (:id, :tenant, :user, :name, :prefix, :hash, string_to_array(:scopes, ','), :created, :expires)
            """)
                    .param("id", token.id())
                    .param("tenant", token.tenantId())
                    .param("user", token.userId())
                    .param("name", token.name())
                    .param("prefix", token.prefix())
                    .param("hash", SecretToken.hash(secret))
                    .param("scopes", String.join(",", token.scopes()))
                    .param("created", sqlTime(token.createdAt()))
                    .param("expires", sqlTimeOrNull(token.expiresAt()))
                    .update());
  }

  /** The valid token of this secret; notes that it was used, at most once a minute. */
  public Optional<Valid> use(String secret, Instant now) {
    Optional<Valid> valid =
        database
            .beforeTenant()
            .sql(
                """
                SELECT t.*, u.role FROM identity.api_token_by_hash(?) t, identity.user_by_id(t.user_id) u
                WHERE t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?)
                """)
            .params(SecretToken.hash(secret), sqlTime(now))
            .query((row, number) -> new Valid(token(row, number), UserStore.role(row)))
            .optional();
    valid
        .map(Valid::token)
        .filter(found -> stale(found.lastUsedAt(), now))
        .ifPresent(
            found ->
                database.in(
                    found.tenantId(),
                    jdbc ->
                        jdbc.sql(
                                "UPDATE identity.api_token SET last_used_at = ? WHERE token_id = ?")
                            .params(sqlTime(now), found.id())
                            .update()));
    return valid;
  }

  /** Tokens of a tenant, newest first, from behind the given one. */
  public List<ApiToken> list(
      String tenantId, int limit, @Nullable Instant beforeTime, @Nullable String beforeId) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
            SELECT * FROM identity.api_token
            WHERE tenant_id = :tenant
              AND (cast(:time AS timestamptz) IS NULL OR (created_at, token_id) < (:time, :id))
            ORDER BY created_at DESC, token_id DESC LIMIT :limit
            """)
                .param("tenant", tenantId)
                .param("time", sqlTimeOrNull(beforeTime))
                .param("id", beforeId)
                .param("limit", limit)
                .query(ApiTokenStore::token)
                .list());
  }

  /** The tenant's token of this id, if it is in use. */
  public Optional<ApiToken> find(String tenantId, String tokenId) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
            SELECT * FROM identity.api_token WHERE tenant_id = ? AND token_id = ? AND revoked_at IS NULL
            """)
                .params(tenantId, tokenId)
                .query(ApiTokenStore::token)
                .optional());
  }

  /** Takes all tokens of a user out of use; their ids. */
  public List<String> revokeAll(String userId, Instant now) {
    return database
        .entered()
        .sql(
            """
            UPDATE identity.api_token SET revoked_at = ? WHERE user_id = ? AND revoked_at IS NULL
            RETURNING token_id
            """)
        .params(sqlTime(now), userId)
        .query((row, number) -> row.getString(1))
        .list();
  }

  /** Takes a token out of use; false when the tenant has no such token in use. */
  public boolean revoke(String tenantId, String tokenId, Instant now) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                        """
                UPDATE identity.api_token SET revoked_at = ?
                WHERE tenant_id = ? AND token_id = ? AND revoked_at IS NULL
                """)
                    .params(sqlTime(now), tenantId, tokenId)
                    .update()
                == 1);
  }

  private static boolean stale(@Nullable Instant lastUsed, Instant now) {
    return lastUsed == null || lastUsed.isBefore(now.minusSeconds(60));
  }

  private static ApiToken token(ResultSet row, int number) throws SQLException {
    return new ApiToken(
        row.getString("token_id"),
        row.getString("tenant_id"),
        row.getString("user_id"),
        row.getString("name"),
        row.getString("prefix"),
        List.of((String[]) row.getArray("scopes").getArray()),
        requiredInstant(row, "created_at"),
        instant(row, "expires_at"),
        instant(row, "last_used_at"),
        instant(row, "revoked_at"));
  }
}
