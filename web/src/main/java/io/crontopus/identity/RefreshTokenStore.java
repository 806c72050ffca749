package io.crontopus.identity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Refresh tokens, each good for one refresh. */
public final class RefreshTokenStore {

  private final JdbcClient jdbc;

  public RefreshTokenStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores a new token's hash. */
  public void add(String token, String userId, Instant now, Instant expiresAt) {
    jdbc.sql(
            """
            INSERT INTO identity.refresh_token (token_hash, user_id, expires_at, created_at) VALUES (?, ?, ?, ?)
            """)
        .params(
            SecretToken.hash(token),
            userId,
            expiresAt.atOffset(ZoneOffset.UTC),
            now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Takes a token out of use and returns its user; empty when it is unknown, used or expired. */
  public Optional<String> consume(String token, Instant now) {
    return jdbc.sql(
            """
            DELETE FROM identity.refresh_token WHERE token_hash = ? RETURNING user_id, expires_at > ? AS valid
            """)
        .params(SecretToken.hash(token), now.atOffset(ZoneOffset.UTC))
        .query((row, number) -> row.getBoolean("valid") ? row.getString("user_id") : "")
        .optional()
        .filter(user -> !user.isEmpty());
  }
}
