package io.crontopus.command.mail;

import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;

import io.crontopus.command.mail.letter.Letter;
import io.crontopus.command.mail.smtp.Envelope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Letters that wait, of all tenants. */
final class OutboxStore {

  /**
   * A letter that waits.
   *
   * @param attempts how often the mail server refused it
   */
  record Waiting(String kind, Envelope envelope, Instant queuedAt, int attempts) {}

  /**
   * A letter that was given up.
   *
   * @param tenantId null for one of the platform itself
   * @param lastError why the last attempt failed; null when there was none
   */
  record GivenUp(
      String id,
      String kind,
      @Nullable String tenantId,
      Instant queuedAt,
      int attempts,
      @Nullable String lastError) {}

  private final JdbcClient jdbc;

  OutboxStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a letter that is due at once. */
  void add(
      String id,
      @Nullable String tenantId,
      String recipient,
      Letter letter,
      Instant now,
      Instant until) {
    jdbc.sql(
            """
            INSERT INTO identity.outbox
              (letter_id, tenant_id, kind, recipient, subject, body_text, body_html,
               queued_at, expires_at, next_attempt_at)
            VALUES (:id, :tenant, :kind, :recipient, :subject, :text, :html, :now, :until, :now)
            """)
        .param("id", id)
        .param("tenant", tenantId)
        .param("kind", letter.kind())
        .param("recipient", recipient)
        .param("subject", letter.subject())
        .param("text", letter.text())
        .param("html", letter.html())
        .param("now", sqlTime(now))
        .param("until", sqlTime(until))
        .update();
  }

  /**
   * The letter that has been due for longest, kept from all other nodes until the transaction ends.
   * That waits for the mail server: each step of their talk has a limit of its own, and a letter
   * that was sent is not to come again because the steps together took long.
   */
  Optional<Waiting> lockDue(Instant now) {
    Optional<Waiting> due =
        jdbc.sql(
                """
                SELECT * FROM identity.outbox WHERE next_attempt_at <= :now AND expires_at > :now
                ORDER BY next_attempt_at, letter_id LIMIT 1 FOR UPDATE SKIP LOCKED
                """)
            .param("now", sqlTime(now))
            .query(OutboxStore::waiting)
            .optional();
    if (due.isPresent()) {
      jdbc.sql("SELECT set_config('idle_in_transaction_session_timeout', '30min', true)")
          .query((row, number) -> true)
          .list();
    }
    return due;
  }

  /** Takes a letter out, and all that it said. */
  void remove(String id) {
    jdbc.sql("DELETE FROM identity.outbox WHERE letter_id = ?").param(id).update();
  }

  /**
   * Takes out all of a tenant to this address. One that is being sent is waited for: it may have to
   * be tried again.
   */
  void removeTo(String tenantId, String recipient) {
    jdbc.sql("DELETE FROM identity.outbox WHERE tenant_id = ? AND lower(recipient) = lower(?)")
        .params(tenantId, recipient)
        .update();
  }

  /** Has a letter wait after it was refused. */
  void postpone(String id, Instant next, String error) {
    jdbc.sql(
            """
            UPDATE identity.outbox SET attempts = attempts + 1, next_attempt_at = ?, last_error = ?
            WHERE letter_id = ?
            """)
        .params(sqlTime(next), error, id)
        .update();
  }

  /** Takes out what it is too late for, unless another node is just sending it. */
  List<GivenUp> removeExpired(Instant now) {
    return jdbc.sql(
            """
            DELETE FROM identity.outbox WHERE letter_id IN (
              SELECT letter_id FROM identity.outbox WHERE expires_at <= ? FOR UPDATE SKIP LOCKED)
            RETURNING letter_id, kind, tenant_id, queued_at, attempts, last_error
            """)
        .param(sqlTime(now))
        .query(OutboxStore::givenUp)
        .list();
  }

  /** How many wait. */
  long count() {
    return jdbc.sql("SELECT count(*) FROM identity.outbox").query(Long.class).single();
  }

  private static Waiting waiting(ResultSet row, int number) throws SQLException {
    return new Waiting(
        row.getString("kind"),
        new Envelope(
            row.getString("letter_id"),
            row.getString("recipient"),
            row.getString("subject"),
            row.getString("body_text"),
            row.getString("body_html")),
        requiredInstant(row, "queued_at"),
        row.getInt("attempts"));
  }

  private static GivenUp givenUp(ResultSet row, int number) throws SQLException {
    return new GivenUp(
        row.getString("letter_id"),
        row.getString("kind"),
        row.getString("tenant_id"),
        requiredInstant(row, "queued_at"),
        row.getInt("attempts"),
        row.getString("last_error"));
  }
}
