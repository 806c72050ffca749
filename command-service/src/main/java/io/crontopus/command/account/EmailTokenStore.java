package io.crontopus.command.account;

import static io.crontopus.identity.Rows.sqlTime;

import io.crontopus.identity.SecretToken;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The secrets in links that were sent by e-mail, as hashes. */
final class EmailTokenStore {

  /** How long after its end a token is still counted; then it is thrown away. */
  private static final Duration KEPT = Duration.ofDays(1);

  /** What a link is for. */
  enum Purpose {
    RESET_PASSWORD("reset-password"),
    VERIFY_EMAIL("verify-email");

    private final String stored;

    Purpose(String stored) {
      this.stored = stored;
    }
  }

  /**
   * Whom a token was sent to.
   *
   * @param email the address that it was sent to
   */
  record Sent(String tenantId, String userId, String email) {}

  private final TenantDatabase database;

  EmailTokenStore(TenantDatabase database) {
    this.database = database;
  }

  /**
   * Makes everybody wait who would issue a token for this user, or change the user, until the
   * transaction ends: how many there are, and whether one counts, can be checked behind it.
   */
  void lock(String tenantId, String userId) {
    database
        .entered()
        .sql(
            """
            SELECT 1 FROM identity.app_user WHERE tenant_id = ? AND user_id = ? FOR NO KEY UPDATE
            """)
        .params(tenantId, userId)
        .query((row, number) -> true)
        .list();
  }

  /** How many were issued to the user since then. */
  int count(User user, Purpose purpose, Instant since) {
    return database
        .entered()
        .sql(
            """
            SELECT count(*) FROM identity.email_token
            WHERE tenant_id = ? AND user_id = ? AND purpose = ? AND created_at > ?
            """)
        .params(user.tenantId(), user.id(), purpose.stored, sqlTime(since))
        .query((row, number) -> row.getInt(1))
        .single();
  }

  /** Throws away what is over, of all tenants; in no tenant's transaction. */
  void sweep(Instant now) {
    int _ =
        database.inAll(
            jdbc ->
                jdbc.sql("DELETE FROM identity.email_token WHERE expires_at < ?")
                    .param(sqlTime(now.minus(KEPT)))
                    .update());
  }

  /**
   * Stores a new token, for this address of the user. Open ones for other addresses of theirs end:
   * the last address that somebody asked for is the one that they want.
   */
  void add(User user, String email, Purpose purpose, String token, Instant now, Duration validity) {
    database
        .entered()
        .sql(
            """
            UPDATE identity.email_token SET used_at = :now
            WHERE tenant_id = :tenant AND user_id = :user AND purpose = :purpose
              AND used_at IS NULL AND lower(email) <> lower(:email)
            """)
        .param("now", sqlTime(now))
        .param("tenant", user.tenantId())
        .param("user", user.id())
        .param("purpose", purpose.stored)
        .param("email", email)
        .update();
    database
        .entered()
        .sql(
            """
            INSERT INTO identity.email_token
              (token_hash, tenant_id, user_id, purpose, email, password_mark, created_at, expires_at)
            VALUES (:hash, :tenant, :user, :purpose, :email, :mark, :now, :expires)
            """)
        .param("hash", SecretToken.hash(token))
        .param("tenant", user.tenantId())
        .param("user", user.id())
        .param("purpose", purpose.stored)
        .param("email", email)
        .param("mark", mark(user.passwordHash()))
        .param("now", sqlTime(now))
        .param("expires", sqlTime(now.plus(validity)))
        .update();
  }

  /**
   * Whom a token for a new password was sent to, while it counts: the user has still the address
   * and the password of when it was asked for.
   */
  Optional<Sent> findReset(String token, Instant now) {
    return find(
        token,
        jdbc ->
            jdbc.sql(
                    """
            SELECT t.tenant_id, t.user_id, t.email
            FROM identity.email_token t JOIN identity.app_user u USING (tenant_id, user_id)
            WHERE t.token_hash = ? AND t.purpose = 'reset-password' AND t.used_at IS NULL AND t.expires_at > ?
              AND lower(u.email) = lower(t.email)
              AND sha256(convert_to(u.password_hash, 'UTF8')) = t.password_mark
            """)
                .params(SecretToken.hash(token), sqlTime(now))
                .query(EmailTokenStore::sent)
                .optional());
  }

  /**
   * Whom a token that verifies an address was sent to, while it counts: for another address than
   * the user has, only as long as they have the password that they showed for it. Who gets their
   * account back by a new password must not lose it to a link that a thief has asked for.
   */
  Optional<Sent> findVerification(String token, Instant now) {
    return find(token, jdbc -> verification(jdbc, token, now));
  }

  /** Whether a token that verifies an address still counts, in the transaction that uses it. */
  boolean stillVerifies(String token, Instant now) {
    return verification(database.entered(), token, now).isPresent();
  }

  private static Optional<Sent> verification(JdbcClient jdbc, String token, Instant now) {
    return jdbc.sql(
            """
            SELECT t.tenant_id, t.user_id, t.email
            FROM identity.email_token t JOIN identity.app_user u USING (tenant_id, user_id)
            WHERE t.token_hash = ? AND t.purpose = 'verify-email' AND t.used_at IS NULL AND t.expires_at > ?
              AND (lower(u.email) = lower(t.email)
                OR sha256(convert_to(u.password_hash, 'UTF8')) = t.password_mark)
            """)
        .params(SecretToken.hash(token), sqlTime(now))
        .query(EmailTokenStore::sent)
        .optional();
  }

  private Optional<Sent> find(String token, Function<JdbcClient, Optional<Sent>> look) {
    return database
        .beforeTenant()
        .sql("SELECT tenant_id FROM identity.email_token_by_hash(?)")
        .param(SecretToken.hash(token))
        .query(String.class)
        .optional()
        .flatMap(tenantId -> database.in(tenantId, look));
  }

  /** Uses a token up; false when it was used before, or is too old. */
  boolean use(String token, Instant now) {
    return database
            .entered()
            .sql(
                """
                UPDATE identity.email_token SET used_at = :now
                WHERE token_hash = :hash AND used_at IS NULL AND expires_at > :now
                """)
            .param("now", sqlTime(now))
            .param("hash", SecretToken.hash(token))
            .update()
        == 1;
  }

  private static byte @Nullable [] mark(@Nullable String passwordHash) {
    if (passwordHash == null) {
      return null;
    }
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(passwordHash.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Sent sent(ResultSet row, int number) throws SQLException {
    return new Sent(row.getString("tenant_id"), row.getString("user_id"), row.getString("email"));
  }
}
