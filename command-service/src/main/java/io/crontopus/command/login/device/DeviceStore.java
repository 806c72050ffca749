package io.crontopus.command.login.device;

import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;

import io.crontopus.identity.SecretToken;
import io.crontopus.identity.TenantDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Programs that ask to be let in. Both of their codes are stored as hashes. */
final class DeviceStore {

  /** How long the table knows that a code has expired, and not only that there is no such one. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** How much longer a program has to wait that polls too often; RFC 8628 says so. */
  private static final int SLOWER_BY_SECONDS = 5;

  /**
   * How a request stands when its program asks.
   *
   * @param tooSoon whether it asks more often than it was told to
   * @param decision {@code approved}, {@code denied} or null
   * @param by who approved; null when nobody has
   */
  record Standing(
      Instant expiresAt, boolean tooSoon, @Nullable String decision, @Nullable Approver by) {}

  /** Who lets a program in. */
  record Approver(String tenantId, String userId) {}

  private final TenantDatabase database;

  DeviceStore(TenantDatabase database) {
    this.database = database;
  }

  /** Stores a request; false when the user code is another's. Old ones go. */
  boolean add(DeviceRequest request, String deviceCode, UserCode userCode, int pollSeconds) {
    database
        .beforeTenant()
        .sql("DELETE FROM identity.device_login WHERE expires_at < ?")
        .param(sqlTime(request.createdAt().minus(REMEMBERED)))
        .update();
    return database
            .beforeTenant()
            .sql(
                """
                INSERT INTO identity.device_login
                  (request_id, device_hash, user_code_hash, client, address, created_at, expires_at, poll_seconds)
                VALUES (:id, :device, :user, :client, :address, :created, :expires, :poll)
                ON CONFLICT (user_code_hash) DO NOTHING
                """)
            .param("id", request.id())
            .param("device", SecretToken.hash(deviceCode))
            .param("user", SecretToken.hash(userCode.letters()))
            .param("client", request.client())
            .param("address", request.address())
            .param("created", sqlTime(request.createdAt()))
            .param("expires", sqlTime(request.expiresAt()))
            .param("poll", pollSeconds)
            .update()
        == 1;
  }

  /** Notes that the program asked, and tells how it stands; empty when there is no such request. */
  Optional<Standing> poll(String deviceCode, Instant now) {
    return database
        .beforeTenant()
        .sql(
            """
            UPDATE identity.device_login d
            SET polled_at = :now, poll_seconds = d.poll_seconds + CASE WHEN b.too_soon THEN :slower ELSE 0 END
            FROM (
              SELECT request_id, coalesce(:now < polled_at + poll_seconds * interval '1 second', false) AS too_soon
              FROM identity.device_login WHERE device_hash = :device FOR UPDATE) b
            WHERE d.request_id = b.request_id
            RETURNING d.expires_at, b.too_soon, d.decision, d.user_id,
              (SELECT u.tenant_id FROM identity.user_by_id(d.user_id) u) AS tenant_id
            """)
        .param("now", sqlTime(now))
        .param("slower", SLOWER_BY_SECONDS)
        .param("device", SecretToken.hash(deviceCode))
        .query(
            (row, number) ->
                new Standing(
                    requiredInstant(row, "expires_at"),
                    row.getBoolean("too_soon"),
                    row.getString("decision"),
                    approver(row)))
        .optional();
  }

  private static @Nullable Approver approver(ResultSet row) throws SQLException {
    String tenantId = row.getString("tenant_id");
    return tenantId == null ? null : new Approver(tenantId, row.getString("user_id"));
  }

  /** Takes what was approved; false when it was taken before, or taken back. */
  boolean take(String deviceCode, String userId, Instant now) {
    return database
            .entered()
            .sql(
                """
                DELETE FROM identity.device_login
                WHERE device_hash = ? AND decision = 'approved' AND user_id = ? AND expires_at > ?
                """)
            .params(SecretToken.hash(deviceCode), userId, sqlTime(now))
            .update()
        == 1;
  }

  /** The request of this code while nobody has decided about it. */
  Optional<DeviceRequest> find(UserCode code, Instant now) {
    return database
        .beforeTenant()
        .sql(
            """
            SELECT * FROM identity.device_login
            WHERE user_code_hash = ? AND decision IS NULL AND expires_at > ?
            """)
        .params(SecretToken.hash(code.letters()), sqlTime(now))
        .query(DeviceStore::request)
        .optional();
  }

  /** Lets the program in as this user; empty when there is nothing to decide any more. */
  Optional<DeviceRequest> approve(UserCode code, String userId, Instant now) {
    return decide(code, "approved", userId, now);
  }

  /** Refuses the program; empty when there is nothing to decide any more. */
  Optional<DeviceRequest> deny(UserCode code, Instant now) {
    return decide(code, "denied", null, now);
  }

  private Optional<DeviceRequest> decide(
      UserCode code, String decision, @Nullable String userId, Instant now) {
    return database
        .entered()
        .sql(
            """
            UPDATE identity.device_login SET decision = :decision, user_id = :user
            WHERE user_code_hash = :code AND decision IS NULL AND expires_at > :now
            RETURNING *
            """)
        .param("decision", decision)
        .param("user", userId)
        .param("code", SecretToken.hash(code.letters()))
        .param("now", sqlTime(now))
        .query(DeviceStore::request)
        .optional();
  }

  private static DeviceRequest request(ResultSet row, int number) throws SQLException {
    return new DeviceRequest(
        row.getString("request_id"),
        row.getString("client"),
        row.getString("address"),
        requiredInstant(row, "created_at"),
        requiredInstant(row, "expires_at"));
  }
}
