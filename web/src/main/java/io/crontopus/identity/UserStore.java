package io.crontopus.identity;

import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;
import static io.crontopus.identity.Rows.sqlTimeOrNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tenants and users. */
public final class UserStore {

  private final TenantDatabase database;

  public UserStore(TenantDatabase database) {
    this.database = database;
  }

  /** Adds a tenant; false when its name is taken. */
  public boolean addTenant(String tenantId, Instant at) {
    return database
            .entered()
            .sql(
                """
                INSERT INTO identity.tenant (tenant_id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING
                """)
            .params(tenantId, sqlTime(at))
            .update()
        == 1;
  }

  /**
   * Adds a user; false when the name or the address is taken: an address is by somebody of the
   * tenant, or by whoever has verified it if this user has, too.
   */
  public boolean addUser(User user) {
    return database
            .entered()
            .sql(
                """
                INSERT INTO identity.app_user
                  (user_id, tenant_id, kind, username, email, password_hash, role, created_at, email_verified_at)
                VALUES (:id, :tenant, :kind, :name, :email, :hash, :role, :created, :verified)
                ON CONFLICT DO NOTHING
                """)
            .param("id", user.id())
            .param("tenant", user.tenantId())
            .param("kind", user.kind().wireName())
            .param("name", user.username())
            .param("email", user.email())
            .param("hash", user.passwordHash())
            .param("role", user.role().wireName())
            .param("created", sqlTime(user.createdAt()))
            .param("verified", user.emailVerified() ? sqlTime(user.createdAt()) : null)
            .update()
        == 1;
  }

  /**
   * The person of this name or address: an address is that of whoever has verified it, or else of
   * the only one who says so, whom it does not log in. One that several say is theirs is nobody's.
   */
  public Optional<User> findByLogin(String login) {
    return database
        .beforeTenant()
        .sql(
            """
            SELECT * FROM identity.person_by_login(?)
            """)
        .param(login)
        .query(UserStore::user)
        .optional();
  }

  /** The tenant's user of this id. */
  public Optional<User> find(String tenantId, String userId) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql("SELECT * FROM identity.app_user WHERE tenant_id = ? AND user_id = ?")
                .params(tenantId, userId)
                .query(UserStore::user)
                .optional());
  }

  /** Whether somebody of the tenant has this address. */
  public boolean hasAddress(String tenantId, String email) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
            SELECT EXISTS (SELECT 1 FROM identity.app_user WHERE tenant_id = ? AND lower(email) = lower(?))
            """)
                .params(tenantId, email)
                .query((row, number) -> row.getBoolean(1))
                .single());
  }

  /** Users of a tenant, newest first, from behind the given one. */
  public List<User> list(
      String tenantId, int limit, @Nullable Instant beforeTime, @Nullable String beforeId) {
    return database.in(
        tenantId,
        jdbc ->
            jdbc.sql(
                    """
            SELECT * FROM identity.app_user
            WHERE tenant_id = :tenant
              AND (cast(:time AS timestamptz) IS NULL OR (created_at, user_id) < (:time, :id))
            ORDER BY created_at DESC, user_id DESC LIMIT :limit
            """)
                .param("tenant", tenantId)
                .param("time", sqlTimeOrNull(beforeTime))
                .param("id", beforeId)
                .param("limit", limit)
                .query(UserStore::user)
                .list());
  }

  /**
   * Makes everybody wait who wants to change the tenant's users, until the transaction ends: rules
   * about all of them, such as that one is an owner, can be checked behind it.
   */
  public void lockUsersOf(String tenantId) {
    database
        .entered()
        .sql("SELECT 1 FROM identity.tenant WHERE tenant_id = ? FOR NO KEY UPDATE")
        .param(tenantId)
        .query((row, number) -> true)
        .list();
  }

  /** How many people own the tenant. */
  public int owners(String tenantId) {
    return database
        .entered()
        .sql(
            """
            SELECT count(*) FROM identity.app_user WHERE tenant_id = ? AND kind = 'person' AND role = 'owner'
            """)
        .param(tenantId)
        .query((row, number) -> row.getInt(1))
        .single();
  }

  /** Gives a user another role. */
  public void setRole(String userId, Role role) {
    database
        .entered()
        .sql("UPDATE identity.app_user SET role = ? WHERE user_id = ?")
        .params(role.wireName(), userId)
        .update();
  }

  /**
   * Keeps the user's password from being changed until the transaction ends; false when the user
   * does not have it any more.
   */
  public boolean holdPassword(User user) {
    return !database
        .entered()
        .sql(
            """
            SELECT 1 FROM identity.app_user WHERE user_id = :user AND password_hash = :hash FOR SHARE
            """)
        .param("user", user.id())
        .param("hash", user.passwordHash())
        .query((row, number) -> true)
        .list()
        .isEmpty();
  }

  /** Gives a user another password; false when the user does not have the one before any more. */
  public boolean setPassword(User user, String hash) {
    return database
            .entered()
            .sql(
                """
                UPDATE identity.app_user SET password_hash = :new WHERE user_id = :user AND password_hash = :before
                """)
            .param("new", hash)
            .param("user", user.id())
            .param("before", user.passwordHash())
            .update()
        == 1;
  }

  /**
   * Notes that the user reads this address, and makes it theirs.
   *
   * @throws org.springframework.dao.DuplicateKeyException when somebody else has verified it, or
   *     somebody else of the tenant has it
   */
  public void verifyEmail(String userId, String email, Instant now) {
    changeEmail(userId, email, now);
  }

  /**
   * Gives the user an address that they have not verified.
   *
   * @throws org.springframework.dao.DuplicateKeyException when somebody else of the tenant has it
   */
  public void setEmail(String userId, String email) {
    changeEmail(userId, email, null);
  }

  private void changeEmail(String userId, String email, @Nullable Instant verifiedAt) {
    database
        .entered()
        .sql(
            """
            UPDATE identity.app_user SET
              email = :email,
              email_verified_at = :verified,
              former_emails = CASE WHEN lower(email) = lower(:email) THEN former_emails
                ELSE array_append(array_remove(former_emails, email), email) END
            WHERE user_id = :user
            """)
        .param("email", email)
        .param("verified", sqlTimeOrNull(verifiedAt))
        .param("user", userId)
        .update();
  }

  /** The addresses that a user had before the one of now, and those that they asked to have. */
  public List<String> otherAddresses(String userId) {
    return database
        .entered()
        .sql(
            """
            SELECT unnest(former_emails) FROM identity.app_user WHERE user_id = :user
            UNION
            SELECT email FROM identity.email_token WHERE user_id = :user
            """)
        .param("user", userId)
        .query((row, number) -> row.getString(1))
        .list();
  }

  /** Removes a user with all that is theirs: tokens, sessions, invitations. */
  public void remove(String userId) {
    database
        .entered()
        .sql("DELETE FROM identity.app_user WHERE user_id = ?")
        .param(userId)
        .update();
  }

  /** The ids of all tenants. */
  public List<String> tenants() {
    return database
        .beforeTenant()
        .sql("SELECT tenant_id FROM identity.tenant_ids() AS t (tenant_id) ORDER BY 1")
        .query((row, number) -> row.getString(1))
        .list();
  }

  static Role role(ResultSet row) throws SQLException {
    return Role.named(row.getString("role")).orElseThrow();
  }

  private static User user(ResultSet row, int number) throws SQLException {
    return new User(
        row.getString("user_id"),
        row.getString("tenant_id"),
        row.getString("kind").equals(User.Kind.SERVICE.wireName())
            ? User.Kind.SERVICE
            : User.Kind.PERSON,
        row.getString("username"),
        row.getString("email"),
        row.getString("password_hash"),
        role(row),
        requiredInstant(row, "created_at"),
        Rows.instant(row, "email_verified_at") != null);
  }
}
