package io.crontopus.identity;

import static io.crontopus.identity.Rows.sqlTime;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Endpoint tokens: one an endpoint that counts, and while that is exchanged those that were handed
 * out for it.
 */
public final class EndpointTokenStore {

  /** Whose token it is. */
  public record Owner(String tenantId, String endpointId) {}

  private static final int MOST_HANDED_OUT = 5;
  private static final Optional<Boolean> NO_ANSWER = Optional.empty();

  private final TenantDatabase database;

  public EndpointTokenStore(TenantDatabase database) {
    this.database = database;
  }

  /** Makes this the endpoint's only token. */
  public void replace(Owner owner, String secret, Instant now) {
    int _ =
        database.in(
            owner.tenantId(),
            jdbc -> {
              jdbc.sql(
                      """
                      DELETE FROM identity.endpoint_token
                      WHERE tenant_id = ? AND endpoint_id = ? AND confirmed_at IS NULL
                      """)
                  .params(owner.tenantId(), owner.endpointId())
                  .update();
              return jdbc.sql(
                      """
                      INSERT INTO identity.endpoint_token
                        (token_hash, tenant_id, endpoint_id, created_at, confirmed_at)
                      VALUES (:hash, :tenant, :endpoint, :now, :now)
                      ON CONFLICT (tenant_id, endpoint_id) WHERE confirmed_at IS NOT NULL DO UPDATE SET
                        token_hash = excluded.token_hash,
                        created_at = excluded.created_at,
                        confirmed_at = excluded.confirmed_at,
                        rotation_wanted_at = NULL
                      """)
                  .param("hash", SecretToken.hash(secret))
                  .param("tenant", owner.tenantId())
                  .param("endpoint", owner.endpointId())
                  .param("now", sqlTime(now))
                  .update();
            });
  }

  /** Notes that the endpoint is to exchange its token; false when it has none. */
  public boolean wantRotation(Owner owner, Instant now) {
    return database
            .entered()
            .sql(
                """
                UPDATE identity.endpoint_token SET rotation_wanted_at = ?
                WHERE tenant_id = ? AND endpoint_id = ? AND confirmed_at IS NOT NULL
                """)
            .params(sqlTime(now), owner.tenantId(), owner.endpointId())
            .update()
        == 1;
  }

  /**
   * Hands out another token, unless the endpoint is not to exchange its own. Those that were handed
   * out before stay good, a few of them: one may be on the agent's disk.
   *
   * @param madeBefore a token that is older than this is exchanged without being asked for
   * @return false when there is no reason to exchange it
   */
  public boolean handOut(Owner owner, String secret, Instant madeBefore, Instant now) {
    return database.in(
        owner.tenantId(),
        jdbc -> {
          boolean due =
              !jdbc.sql(
                      """
                      SELECT 1 FROM identity.endpoint_token
                      WHERE tenant_id = ? AND endpoint_id = ? AND confirmed_at IS NOT NULL
                        AND (rotation_wanted_at IS NOT NULL OR created_at < ?)
                      FOR UPDATE
                      """)
                  .params(owner.tenantId(), owner.endpointId(), sqlTime(madeBefore))
                  .query((row, number) -> true)
                  .list()
                  .isEmpty();
          if (due) {
            jdbc.sql(
                    """
                    DELETE FROM identity.endpoint_token WHERE token_hash IN (
                      SELECT token_hash FROM identity.endpoint_token
                      WHERE tenant_id = ? AND endpoint_id = ? AND confirmed_at IS NULL
                      ORDER BY created_at DESC OFFSET ?)
                    """)
                .params(owner.tenantId(), owner.endpointId(), MOST_HANDED_OUT - 1)
                .update();
            jdbc.sql(
                    """
                    INSERT INTO identity.endpoint_token (token_hash, tenant_id, endpoint_id, created_at)
                    VALUES (?, ?, ?, ?)
                    """)
                .params(
                    SecretToken.hash(secret), owner.tenantId(), owner.endpointId(), sqlTime(now))
                .update();
          }
          return due;
        });
  }

  /**
   * Makes a token that was handed out the only one; false when it is that already.
   *
   * @throws IllegalArgumentException when the endpoint has no such token
   */
  public boolean confirm(Owner owner, String secret, Instant now) {
    byte[] hash = SecretToken.hash(secret);
    List<Boolean> confirmed =
        database
            .entered()
            .sql(
                """
                SELECT token_hash = :hash, confirmed_at IS NOT NULL FROM identity.endpoint_token
                WHERE tenant_id = :tenant AND endpoint_id = :endpoint ORDER BY token_hash FOR UPDATE
                """)
            .param("hash", hash)
            .param("tenant", owner.tenantId())
            .param("endpoint", owner.endpointId())
            .query((row, number) -> row.getBoolean(1) ? Optional.of(row.getBoolean(2)) : NO_ANSWER)
            .list()
            .stream()
            .flatMap(Optional::stream)
            .toList();
    if (confirmed.isEmpty()) {
      throw new IllegalArgumentException("the endpoint has no such token");
    }
    if (confirmed.getFirst()) {
      return false;
    }
    database
        .entered()
        .sql(
            """
            DELETE FROM identity.endpoint_token
            WHERE tenant_id = ? AND endpoint_id = ? AND token_hash <> ?
            """)
        .params(owner.tenantId(), owner.endpointId(), hash)
        .update();
    database
        .entered()
        .sql(
            """
            UPDATE identity.endpoint_token SET confirmed_at = ? WHERE tenant_id = ? AND token_hash = ?
            """)
        .params(sqlTime(now), owner.tenantId(), hash)
        .update();
    return true;
  }

  /** The endpoints, of all tenants, that are to exchange their token. */
  public List<Owner> toRotate(Instant madeBefore) {
    return database
        .beforeTenant()
        .sql("SELECT tenant_id, endpoint_id FROM identity.endpoint_tokens_to_rotate(?)")
        .param(sqlTime(madeBefore))
        .query((row, number) -> new Owner(row.getString(1), row.getString(2)))
        .list();
  }

  /** Whose token this is. */
  public Optional<Owner> find(String secret) {
    return database
        .beforeTenant()
        .sql("SELECT tenant_id, endpoint_id FROM identity.endpoint_tokens_by_hash(ARRAY[?])")
        .param(SecretToken.hash(secret))
        .query((row, number) -> new Owner(row.getString(1), row.getString(2)))
        .optional();
  }

  /** Whose tokens those are of these hashes that are still good. */
  public Set<Owner> owners(Collection<byte[]> hashes) {
    return Set.copyOf(
        database
            .beforeTenant()
            .sql("SELECT tenant_id, endpoint_id FROM identity.endpoint_tokens_by_hash(?)")
            .param(hashes.toArray(byte[][]::new))
            .query((row, number) -> new Owner(row.getString(1), row.getString(2)))
            .list());
  }

  /** Takes all of the endpoint's tokens out of use. */
  public void revoke(Owner owner) {
    int _ =
        database.in(
            owner.tenantId(),
            jdbc ->
                jdbc.sql(
                        "DELETE FROM identity.endpoint_token WHERE tenant_id = ? AND endpoint_id = ?")
                    .params(owner.tenantId(), owner.endpointId())
                    .update());
  }
}
