package io.crontopus.command.user;

import static io.crontopus.identity.Rows.instant;
import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;
import static io.crontopus.identity.Rows.sqlTimeOrNull;

import io.crontopus.identity.Role;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.TenantDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Invitations. */
final class InvitationStore {

  private static final int MOST_TRIES = 10;

  private final TenantDatabase database;

  InvitationStore(TenantDatabase database) {
    this.database = database;
  }

  /** Stores a new invitation with its token's hash. */
  void add(Invitation invitation, String secret) {
    database
        .entered()
        .sql(
            """
            INSERT INTO identity.invitation
              (invitation_id, tenant_id, email, role, prefix, token_hash, invited_by, username, created_at,
               expires_at)
            VALUES (:id, :tenant, :email, :role, :prefix, :hash, :by, :username, :created, :expires)
            """)
        .param("id", invitation.id())
        .param("tenant", invitation.tenantId())
        .param("email", invitation.email())
        .param("role", invitation.role().wireName())
        .param("prefix", invitation.prefix())
        .param("hash", SecretToken.hash(secret))
        .param("by", invitation.invitedBy())
        .param("username", invitation.username())
        .param("created", sqlTime(invitation.createdAt()))
        .param("expires", sqlTime(invitation.expiresAt()))
        .update();
  }

  /** How many of the tenant's invitations since then were sent by e-mail. */
  int mailed(String tenantId, Instant since) {
    return database
        .entered()
        .sql(
            """
            SELECT count(*) FROM identity.invitation WHERE tenant_id = ? AND created_at > ? AND mailed
            """)
        .params(tenantId, sqlTime(since))
        .query((row, number) -> row.getInt(1))
        .single();
  }

  /** Notes that an invitation is sent by e-mail. */
  void setMailed(Invitation invitation) {
    database
        .entered()
        .sql(
            """
            UPDATE identity.invitation SET mailed = true WHERE tenant_id = ? AND invitation_id = ?
            """)
        .params(invitation.tenantId(), invitation.id())
        .update();
  }

  /**
   * The invitation of this token while it can be accepted, and was not tried too often with names
   * that are taken.
   */
  Optional<Invitation> find(String secret, Instant now) {
    return database
        .beforeTenant()
        .sql(
            """
            SELECT * FROM identity.invitation_by_hash(?)
            WHERE accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ? AND tries < ?
            """)
        .params(SecretToken.hash(secret), sqlTime(now), MOST_TRIES)
        .query(InvitationStore::invitation)
        .optional();
  }

  /**
   * Counts that somebody wanted to accept an invitation under a name that is taken.
   *
   * @return false when that happened too often
   */
  boolean takeTry(Invitation invitation) {
    int taken =
        database.in(
            invitation.tenantId(),
            jdbc ->
                jdbc.sql(
                        """
                        UPDATE identity.invitation SET tries = tries + 1
                        WHERE invitation_id = ? AND tries < ?
                        """)
                    .params(invitation.id(), MOST_TRIES)
                    .update());
    return taken > 0;
  }

  /** All invitations to this address that can be accepted, of whatever tenants, newest first. */
  List<Invitation> findByAddress(String email, Instant now) {
    return database
        .beforeTenant()
        .sql(
            """
            SELECT * FROM identity.invitations_to(?)
            WHERE accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ?
            ORDER BY created_at DESC, invitation_id DESC LIMIT 20
            """)
        .params(email, sqlTime(now))
        .query(InvitationStore::invitation)
        .list();
  }

  /** Uses an invitation up; false when it cannot be accepted any more. */
  boolean accept(String invitationId, Instant now) {
    return database
            .entered()
            .sql(
                """
                UPDATE identity.invitation SET accepted_at = ?
                WHERE invitation_id = ? AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ?
                """)
            .params(sqlTime(now), invitationId, sqlTime(now))
            .update()
        == 1;
  }

  /** Invitations of a tenant, newest first, from behind the given one. */
  List<Invitation> list(
      String tenantId, int limit, @Nullable Instant beforeTime, @Nullable String beforeId) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
            SELECT * FROM identity.invitation
            WHERE tenant_id = :tenant
              AND (cast(:time AS timestamptz) IS NULL OR (created_at, invitation_id) < (:time, :id))
            ORDER BY created_at DESC, invitation_id DESC LIMIT :limit
            """)
                .param("tenant", tenantId)
                .param("time", sqlTimeOrNull(beforeTime))
                .param("id", beforeId)
                .param("limit", limit)
                .query(InvitationStore::invitation)
                .list());
  }

  /** The tenant's invitation of this id, if it is open or expired. */
  Optional<Invitation> findOpen(String tenantId, String invitationId) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
            SELECT * FROM identity.invitation
            WHERE tenant_id = ? AND invitation_id = ? AND accepted_at IS NULL AND revoked_at IS NULL
            """)
                .params(tenantId, invitationId)
                .query(InvitationStore::invitation)
                .optional());
  }

  /** Takes an invitation back; false when it was accepted or taken back before. */
  boolean revoke(String invitationId, Instant now) {
    return database
            .entered()
            .sql(
                """
                UPDATE identity.invitation SET revoked_at = ?
                WHERE invitation_id = ? AND accepted_at IS NULL AND revoked_at IS NULL
                """)
            .params(sqlTime(now), invitationId)
            .update()
        == 1;
  }

  /** Takes back all that this user has made and that can still be accepted; their ids. */
  List<String> revokeAllOf(String userId, Instant now) {
    return database
        .entered()
        .sql(
            """
            UPDATE identity.invitation SET revoked_at = :now
            WHERE invited_by = :user AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > :now
            RETURNING invitation_id
            """)
        .param("now", sqlTime(now))
        .param("user", userId)
        .query((row, number) -> row.getString(1))
        .list();
  }

  /**
   * Removes all invitations of this address, whatever became of them.
   *
   * @return the ids of all, with whether each could still be accepted
   */
  Map<String, Boolean> forget(String tenantId, String email, Instant now) {
    Map<String, Boolean> forgotten = new LinkedHashMap<>();
    database
        .entered()
        .sql(
            """
            DELETE FROM identity.invitation WHERE tenant_id = :tenant AND lower(email) = lower(:email)
            RETURNING invitation_id, accepted_at IS NULL AND revoked_at IS NULL AND expires_at > :now
            """)
        .param("tenant", tenantId)
        .param("email", email)
        .param("now", sqlTime(now))
        .query(
            row -> {
              forgotten.put(row.getString(1), row.getBoolean(2));
            });
    return forgotten;
  }

  /** Takes back all of a tenant that can still be accepted. */
  void revokeAllOfTenant(String tenantId, Instant now) {
    database
        .entered()
        .sql(
            """
            UPDATE identity.invitation SET revoked_at = ?
            WHERE tenant_id = ? AND accepted_at IS NULL AND revoked_at IS NULL
            """)
        .params(sqlTime(now), tenantId)
        .update();
  }

  private static Invitation invitation(ResultSet row, int number) throws SQLException {
    return new Invitation(
        row.getString("invitation_id"),
        row.getString("tenant_id"),
        row.getString("email"),
        Role.named(row.getString("role")).orElseThrow(),
        row.getString("prefix"),
        row.getString("invited_by"),
        row.getString("username"),
        requiredInstant(row, "created_at"),
        requiredInstant(row, "expires_at"),
        instant(row, "accepted_at"),
        instant(row, "revoked_at"));
  }
}
