package io.crontopus.identity;

import static io.crontopus.identity.Rows.instant;
import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;
import static io.crontopus.identity.Rows.sqlTimeOrNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
    add(token, secret, null);
  }

  /**
   * Stores a new token's hash and what it may do.
   *
   * @param maker the id of the token that made it, which ends it when it is revoked; null when none
   *     did
   */
  public void add(ApiToken token, String secret, @Nullable String maker) {
    int _ =
        database.in(
            token.tenantId(),
            jdbc ->
                jdbc.sql(
                        """
            INSERT INTO identity.api_token
              (token_id, tenant_id, user_id, name, prefix, token_hash, scopes, created_at, expires_at, made_with)
            VALUES (:id, :tenant, :user, :name, :prefix, :hash, string_to_array(:scopes, ','), :created, :expires,
              :maker)
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
                    .param("maker", maker)
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

  /**
   * Keeps a token from being revoked until the transaction ends; false when it is not in use any
   * more.
   */
  public boolean hold(String tokenId) {
    return !database
        .entered()
        .sql(
            """
            SELECT 1 FROM identity.api_token WHERE token_id = ? AND revoked_at IS NULL FOR SHARE
            """)
        .param(tokenId)
        .query((row, number) -> true)
        .list()
        .isEmpty();
  }

  /**
   * Takes all tokens of a user out of use, and those that were made with them, and so on.
   *
   * @return the ids of all that were in use
   */
  public List<String> revokeAll(String userId, Instant now) {
    return revokeFrom("user_id", userId, now);
  }

  /**
   * Takes a token out of use, and those that were made with it, and so on.
   *
   * @return the ids of all that were in use; none when the tenant has no such token in use
   */
  public List<String> revoke(String tenantId, String tokenId, Instant now) {
    return database.in(tenantId, _ -> revokeFrom("token_id", tokenId, now));
  }

  /** Until there are none: while a pass waits for a token, that one may be making another. */
  private List<String> revokeFrom(String column, String value, Instant now) {
    List<String> revoked = new ArrayList<>();
    List<String> more;
    do {
      more =
          database
              .entered()
              .sql(
                  """
                  WITH RECURSIVE ending AS (
                    SELECT token_id FROM identity.api_token WHERE %s = :value
                    UNION
                    SELECT made.token_id FROM identity.api_token made
                    JOIN ending ON made.made_with = ending.token_id)
                  UPDATE identity.api_token t SET revoked_at = :now FROM ending
                  WHERE t.token_id = ending.token_id AND t.revoked_at IS NULL
                  RETURNING t.token_id
                  """
                      .formatted(column))
              .param("value", value)
              .param("now", sqlTime(now))
              .query((row, number) -> row.getString(1))
              .list();
      revoked.addAll(more);
    } while (!more.isEmpty());
    return revoked;
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
