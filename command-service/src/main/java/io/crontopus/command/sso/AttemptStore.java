package io.crontopus.command.sso;

import static io.crontopus.identity.Rows.sqlTime;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.sso.provider.Person;
import io.crontopus.identity.SecretToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sign-ins that are under way. They are no tenant's: whose they are is found out at their end. */
final class AttemptStore {

  /** How often a password may be tried with one code. */
  private static final int TRIES = 5;

  private final JdbcClient jdbc;

  AttemptStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Forgets sign-ins that are over, with the addresses of those who never went on. */
  void sweep(Instant now) {
    jdbc.sql("DELETE FROM identity.sso_attempt WHERE expires_at <= ?").param(sqlTime(now)).update();
  }

  /** Notes that a sign-in has begun. */
  void begin(String provider, String browser, String state, String returnTo, Instant until) {
    jdbc.sql(
            """
            INSERT INTO identity.sso_attempt
              (attempt_id, provider, browser_hash, state_hash, return_to, expires_at)
            VALUES (:id, :provider, :browser, :state, :return, :until)
            """)
        .param("id", UuidCreator.getTimeOrderedEpoch().toString())
        .param("provider", provider)
        .param("browser", SecretToken.hash(browser))
        .param("state", SecretToken.hash(state))
        .param("return", returnTo)
        .param("until", sqlTime(until))
        .update();
  }

  /**
   * Takes the sign-in that this browser began with this state at this provider; its id. It can be
   * taken once, whatever comes of it.
   */
  Optional<String> comeBack(String provider, String browser, String state, Instant now) {
    return jdbc.sql(
            """
            UPDATE identity.sso_attempt SET returned_at = :now
            WHERE state_hash = :state AND browser_hash = :browser AND provider = :provider
              AND returned_at IS NULL AND expires_at > :now
            RETURNING attempt_id
            """)
        .param("now", sqlTime(now))
        .param("state", SecretToken.hash(state))
        .param("browser", SecretToken.hash(browser))
        .param("provider", provider)
        .query((row, number) -> row.getString(1))
        .optional();
  }

  /** Notes who has come back. */
  void arrive(String attemptId, String code, Person person, Instant until) {
    jdbc.sql(
            """
            UPDATE identity.sso_attempt
            SET code_hash = :code, issuer = :issuer, subject = :subject, email = :email,
                email_verified = :verified, full_name = :name, expires_at = :until
            WHERE attempt_id = :id
            """)
        .param("id", attemptId)
        .param("code", SecretToken.hash(code))
        .param("issuer", person.issuer())
        .param("subject", person.subject())
        .param("email", person.email())
        .param("verified", person.emailVerified())
        .param("name", person.name())
        .param("until", sqlTime(until))
        .update();
  }

  /** Who has come back to this browser with this code. */
  Optional<Arrival> find(String code, String browser, Instant now) {
    return jdbc.sql(
            """
            SELECT * FROM identity.sso_attempt
            WHERE code_hash = ? AND browser_hash = ? AND expires_at > ?
            """)
        .params(SecretToken.hash(code), SecretToken.hash(browser), sqlTime(now))
        .query(AttemptStore::arrival)
        .optional();
  }

  /** Counts that a password is tried; false when that was often enough. */
  boolean tryOnce(Arrival arrival) {
    return jdbc.sql(
                """
                UPDATE identity.sso_attempt SET tries = tries + 1 WHERE attempt_id = ? AND tries < ?
                """)
            .params(arrival.attemptId(), TRIES)
            .update()
        == 1;
  }

  /** Uses an arrival up; false when it was used before. */
  boolean use(Arrival arrival) {
    return jdbc.sql("DELETE FROM identity.sso_attempt WHERE attempt_id = ?")
            .param(arrival.attemptId())
            .update()
        == 1;
  }

  private static Arrival arrival(ResultSet row, int number) throws SQLException {
    return new Arrival(
        row.getString("attempt_id"),
        row.getString("provider"),
        new Person(
            row.getString("issuer"),
            row.getString("subject"),
            row.getString("email"),
            row.getBoolean("email_verified"),
            row.getString("full_name")),
        row.getString("return_to"));
  }
}
