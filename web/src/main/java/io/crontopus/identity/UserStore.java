package io.crontopus.identity;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tenants and users. */
public final class UserStore {

  private final JdbcClient jdbc;

  public UserStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a tenant; false when its name is taken. */
  public boolean addTenant(String tenantId, Instant at) {
    return jdbc.sql(
                """
                INSERT INTO identity.tenant (tenant_id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING
                """)
            .params(tenantId, at.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Adds a user; false when the name or the address is taken. */
  public boolean addUser(User user, Instant at) {
    return jdbc.sql(
                """
                INSERT INTO identity.app_user (user_id, tenant_id, username, email, password_hash, roles, created_at)
                VALUES (?, ?, ?, ?, ?, string_to_array(?, ','), ?) ON CONFLICT DO NOTHING
                """)
            .params(
                user.id(),
                user.tenantId(),
                user.username(),
                user.email(),
                user.passwordHash(),
                String.join(",", user.roles()),
                at.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** The user who logs in with this name or address. */
  public Optional<User> findByLogin(String login) {
    return jdbc.sql(
            """
            SELECT * FROM identity.app_user WHERE lower(username) = lower(?) OR lower(email) = lower(?)
            """)
        .params(login, login)
        .query(UserStore::user)
        .optional();
  }

  /** The user of this id. */
  public Optional<User> find(String userId) {
    return jdbc.sql("SELECT * FROM identity.app_user WHERE user_id = ?")
        .param(userId)
        .query(UserStore::user)
        .optional();
  }

  /** The ids of all tenants. */
  public List<String> tenants() {
    return jdbc.sql("SELECT tenant_id FROM identity.tenant ORDER BY 1")
        .query((row, number) -> row.getString(1))
        .list();
  }

  private static User user(ResultSet row, int number) throws SQLException {
    Array roles = row.getArray("roles");
    return new User(
        row.getString("user_id"),
        row.getString("tenant_id"),
        row.getString("username"),
        row.getString("email"),
        row.getString("password_hash"),
        List.of((String[]) roles.getArray()));
  }
}
