package io.crontopus.identity;

import static io.crontopus.identity.Rows.sqlTime;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Endpoint tokens: one an endpoint. */
public final class EndpointTokenStore {

  /** Whose token it is. */
  public record Owner(String tenantId, String endpointId) {}

  private final JdbcClient jdbc;

  public EndpointTokenStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes this the endpoint's only token. */
  public void replace(Owner owner, String secret, Instant now) {
    jdbc.sql(
            """
            INSERT INTO identity.endpoint_token (token_hash, tenant_id, endpoint_id, created_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (tenant_id, endpoint_id) DO UPDATE SET
              token_hash = excluded.token_hash, created_at = excluded.created_at
            """)
        .params(SecretToken.hash(secret), owner.tenantId(), owner.endpointId(), sqlTime(now))
        .update();
  }

  /** Whose token this is. */
  public Optional<Owner> find(String secret) {
    return jdbc.sql(
            "SELECT tenant_id, endpoint_id FROM identity.endpoint_token WHERE token_hash = ?")
        .param(SecretToken.hash(secret))
        .query((row, number) -> new Owner(row.getString(1), row.getString(2)))
        .optional();
  }

  /** Whose tokens those are of these hashes that are still good. */
  public Set<Owner> owners(Collection<byte[]> hashes) {
    return Set.copyOf(
        jdbc.sql(
                "SELECT tenant_id, endpoint_id FROM identity.endpoint_token WHERE token_hash = ANY (?)")
            .param(hashes.toArray(byte[][]::new))
            .query((row, number) -> new Owner(row.getString(1), row.getString(2)))
            .list());
  }

  /** Takes the endpoint's token out of use. */
  public void revoke(Owner owner) {
    jdbc.sql("DELETE FROM identity.endpoint_token WHERE tenant_id = ? AND endpoint_id = ?")
        .params(owner.tenantId(), owner.endpointId())
        .update();
  }
}
