package io.crontopus.command.sso;

import static io.crontopus.identity.Rows.instant;
import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;

import io.crontopus.command.sso.provider.Person;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whose accounts at providers are whose. */
final class IdentityStore {

  private final TenantDatabase database;

  IdentityStore(TenantDatabase database) {
    this.database = database;
  }

  /** The user's account that this person shows; asked before the tenant is known. */
  Optional<Identity> find(String provider, Person person) {
    return database
        .beforeTenant()
        .sql(
            """
            SELECT * FROM identity.sso_identity_of(?, ?, ?)
            """)
        .params(provider, person.issuer(), person.subject())
        .query(IdentityStore::identity)
        .optional();
  }

  /** A user's accounts, in the order of the providers' ids. */
  List<Identity> list(String tenantId, String userId) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
            SELECT * FROM identity.sso_identity WHERE tenant_id = ? AND user_id = ? ORDER BY provider
            """)
                .params(tenantId, userId)
                .query(IdentityStore::identity)
                .list());
  }

  /**
   * Links an account to a user; false when it is somebody's, or the user has one at this provider.
   */
  boolean add(User user, String provider, Person person, Instant now) {
    return database
            .entered()
            .sql(
                """
                INSERT INTO identity.sso_identity
                  (provider, issuer, subject, tenant_id, user_id, linked_at)
                VALUES (:provider, :issuer, :subject, :tenant, :user, :now) ON CONFLICT DO NOTHING
                """)
            .param("provider", provider)
            .param("issuer", person.issuer())
            .param("subject", person.subject())
            .param("tenant", user.tenantId())
            .param("user", user.id())
            .param("now", sqlTime(now))
            .update()
        == 1;
  }

  /**
   * Notes that an account is used, and holds it until the transaction ends; false when it is gone.
   */
  boolean use(User user, String provider, Person person, Instant now) {
    return database
            .entered()
            .sql(
                """
                UPDATE identity.sso_identity SET last_used_at = :now
                WHERE tenant_id = :tenant AND user_id = :user
                  AND provider = :provider AND issuer = :issuer AND subject = :subject
                """)
            .param("now", sqlTime(now))
            .param("tenant", user.tenantId())
            .param("user", user.id())
            .param("provider", provider)
            .param("issuer", person.issuer())
            .param("subject", person.subject())
            .update()
        == 1;
  }

  /** Takes a user's account at a provider away; false when there is none. */
  boolean remove(User user, String provider) {
    return database
            .entered()
            .sql(
                """
                DELETE FROM identity.sso_identity WHERE tenant_id = ? AND user_id = ? AND provider = ?
                """)
            .params(user.tenantId(), user.id(), provider)
            .update()
        == 1;
  }

  private static Identity identity(ResultSet row, int number) throws SQLException {
    return new Identity(
        row.getString("provider"),
        row.getString("tenant_id"),
        row.getString("user_id"),
        requiredInstant(row, "linked_at"),
        instant(row, "last_used_at"));
  }
}
