package io.crontopus.identity;

import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sessions and their refresh tokens. A token is good for one refresh; the used ones are kept as
 * long as their session, because one that comes again has been copied.
 */
public final class SessionStore {

  /** Whose session it is, as of now. */
  record Holder(String tenantId, String userId, Role role) {}

  private record Held(Holder holder, Instant lastUsedAt) {}

  private final TenantDatabase database;

  public SessionStore(TenantDatabase database) {
    this.database = database;
  }

  /** Starts a session with its first refresh token. */
  public void open(Session session, String refreshToken) {
    database
        .entered()
        .sql("DELETE FROM identity.session WHERE user_id = ? AND expires_at <= ?")
        .params(session.userId(), sqlTime(session.createdAt()))
        .update();
    database
        .entered()
        .sql(
            """
            INSERT INTO identity.session
              (session_id, user_id, created_at, last_used_at, expires_at, address, user_agent)
            VALUES (:id, :user, :created, :used, :expires, :address, :agent)
            """)
        .param("id", session.id())
        .param("user", session.userId())
        .param("created", sqlTime(session.createdAt()))
        .param("used", sqlTime(session.lastUsedAt()))
        .param("expires", sqlTime(session.expiresAt()))
        .param("address", session.address())
        .param("agent", session.userAgent())
        .update();
    addToken(session.id(), refreshToken, session.createdAt());
  }

  /** A session and whose it is. */
  public record Found(String tenantId, Session session) {}

  /** The session that a refresh token belongs to, used or not. */
  public Optional<Found> findByToken(String refreshToken) {
    return database
        .beforeTenant()
        .sql("SELECT * FROM identity.session_by_refresh_token(?)")
        .param(SecretToken.hash(refreshToken))
        .query((row, number) -> new Found(row.getString("tenant_id"), session(row, number)))
        .optional();
  }

  /**
   * Keeps everybody else from changing a session until the transaction ends; false when it is gone.
   */
  public boolean lock(String sessionId) {
    return !database
        .entered()
        .sql("SELECT 1 FROM identity.session WHERE session_id = ? FOR UPDATE")
        .param(sessionId)
        .query((row, number) -> true)
        .list()
        .isEmpty();
  }

  /** Uses a refresh token up; false when it was used before. */
  public boolean use(String refreshToken, Instant now) {
    return database
            .entered()
            .sql(
                """
                UPDATE identity.refresh_token SET used_at = ? WHERE token_hash = ? AND used_at IS NULL
                """)
            .params(sqlTime(now), SecretToken.hash(refreshToken))
            .update()
        == 1;
  }

  /** Stores a session's new state and its next refresh token. */
  public void renew(Session session, String refreshToken) {
    database
        .entered()
        .sql(
            """
            UPDATE identity.session
            SET last_used_at = :used, expires_at = :expires, address = :address, user_agent = :agent
            WHERE session_id = :id
            """)
        .param("id", session.id())
        .param("used", sqlTime(session.lastUsedAt()))
        .param("expires", sqlTime(session.expiresAt()))
        .param("address", session.address())
        .param("agent", session.userAgent())
        .update();
    addToken(session.id(), refreshToken, session.lastUsedAt());
  }

  /** A user's sessions, the one used last first. */
  public List<Session> list(String tenantId, String userId, Instant now) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
            SELECT * FROM identity.session WHERE user_id = ? AND expires_at > ?
            ORDER BY last_used_at DESC, session_id DESC
            """)
                .params(userId, sqlTime(now))
                .query(SessionStore::session)
                .list());
  }

  /** Ends a session of the user; false when they have no such one. */
  public boolean end(String userId, String sessionId) {
    return database
            .entered()
            .sql("DELETE FROM identity.session WHERE user_id = ? AND session_id = ?")
            .params(userId, sessionId)
            .update()
        == 1;
  }

  /** Ends all sessions of the user; their ids. */
  public List<String> endAll(String userId) {
    return endAllBut(userId, "");
  }

  /**
   * Ends all sessions of the user but this one; their ids. What the user let in and is not there
   * yet stays outside.
   */
  public List<String> endAllBut(String userId, String sessionId) {
    database
        .entered()
        .sql("DELETE FROM identity.device_login WHERE user_id = ?")
        .param(userId)
        .update();
    return database
        .entered()
        .sql(
            """
            DELETE FROM identity.session WHERE user_id = ? AND session_id <> ? RETURNING session_id
            """)
        .params(userId, sessionId)
        .query((row, number) -> row.getString(1))
        .list();
  }

  /**
   * Who holds a session, if it goes on and the key that its access token was signed with still
   * counts: one round trip for all that can have changed since the token was issued. Notes that the
   * session was used, at most once a minute.
   */
  Optional<Holder> holder(String sessionId, String userId, String keyId, Instant now) {
    Optional<Held> held =
        database
            .beforeTenant()
            .sql(
                """
                SELECT u.tenant_id, u.user_id, u.role, s.last_used_at
                FROM identity.session_by_id(:session) s, identity.user_by_id(s.user_id) u
                WHERE u.user_id = :user AND s.expires_at > :now
                  AND EXISTS (
                    SELECT 1 FROM identity.signing_key
                    WHERE key_id = :key AND (verifies_until IS NULL OR verifies_until > :now))
                """)
            .param("session", sessionId)
            .param("user", userId)
            .param("key", keyId)
            .param("now", sqlTime(now))
            .query(SessionStore::held)
            .optional();
    held.filter(found -> found.lastUsedAt().isBefore(now.minusSeconds(60)))
        .ifPresent(
            found ->
                database.in(
                    found.holder().tenantId(),
                    jdbc ->
                        jdbc.sql(
                                "UPDATE identity.session SET last_used_at = ? WHERE session_id = ?")
                            .params(sqlTime(now), sessionId)
                            .update()));
    return held.map(Held::holder);
  }

  private void addToken(String sessionId, String token, Instant now) {
    database
        .entered()
        .sql(
            """
            INSERT INTO identity.refresh_token (token_hash, session_id, created_at) VALUES (?, ?, ?)
            """)
        .params(SecretToken.hash(token), sessionId, sqlTime(now))
        .update();
  }

  private static Held held(ResultSet row, int number) throws SQLException {
    return new Held(
        new Holder(row.getString("tenant_id"), row.getString("user_id"), UserStore.role(row)),
        requiredInstant(row, "last_used_at"));
  }

  private static Session session(ResultSet row, int number) throws SQLException {
    return new Session(
        row.getString("session_id"),
        row.getString("user_id"),
        requiredInstant(row, "created_at"),
        requiredInstant(row, "last_used_at"),
        requiredInstant(row, "expires_at"),
        row.getString("address"),
        row.getString("user_agent"));
  }
}
