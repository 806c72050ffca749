package io.crontopus.personal;

import io.crontopus.identity.TenantDatabase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys of the people whom a tenant's events tell of, by their e-mail addresses. */
public final class PersonalKeys {

  private final TenantDatabase database;

  public PersonalKeys(TenantDatabase database) {
    this.database = database;
  }

  /** A person's key; a new one when there is none. */
  public PersonalKey of(String tenantId, String email) {
    byte[] subject = subject(tenantId, email);
    return database.in(tenantId, jdbc -> keyOf(jdbc, tenantId, subject));
  }

  /**
   * Destroys a person's key: what it has sealed can be read by nobody any more.
   *
   * @return the key's id; empty when no event tells of this person
   */
  public Optional<String> forget(String tenantId, String email) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
                    DELETE FROM identity.personal_key WHERE tenant_id = ? AND subject = ? RETURNING key_id
                    """)
                .params(tenantId, subject(tenantId, email))
                .query((row, number) -> row.getString(1))
                .optional());
  }

  private static PersonalKey keyOf(JdbcClient jdbc, String tenantId, byte[] subject) {
    while (true) {
      Optional<PersonalKey> known =
          jdbc.sql(
                  """
                  SELECT key_id, secret FROM identity.personal_key
                  WHERE tenant_id = ? AND subject = ?
                  """)
              .params(tenantId, subject)
              .query(PersonalKeys::key)
              .optional();
      if (known.isPresent()) {
        return known.get();
      }
      PersonalKey fresh = PersonalKey.create();
      jdbc.sql(
              """
              INSERT INTO identity.personal_key (key_id, tenant_id, subject, secret) VALUES (?, ?, ?, ?)
              ON CONFLICT (tenant_id, subject) DO NOTHING
              """)
          .params(fresh.id(), tenantId, subject, fresh.secret())
          .update();
    }
  }

  private static byte[] subject(String tenantId, String email) {
    try {
      String person = tenantId + "\n" + email.strip().toLowerCase(Locale.ROOT);
      return MessageDigest.getInstance("SHA-256").digest(person.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static PersonalKey key(ResultSet row, int number) throws SQLException {
    return new PersonalKey(row.getString("key_id"), row.getBytes("secret"));
  }
}
