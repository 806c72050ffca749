package io.crontopus.command.login;

import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;

import io.crontopus.identity.TenantDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Failed logins that the log does not tell of yet, a row a user. */
final class FailedLoginStore {

  /** What is to be told. */
  record Unreported(int count, Instant firstAt, Instant lastAt, String address) {}

  /** Whose failed logins are to be told. */
  record Account(String tenantId, String userId) {}

  private final TenantDatabase database;

  FailedLoginStore(TenantDatabase database) {
    this.database = database;
  }

  /** Counts one more. */
  void count(Account account, String address, Instant now) {
    int _ =
        database.in(
            account.tenantId(),
            jdbc ->
                jdbc.sql(
                        """
            INSERT INTO identity.failed_login AS f (user_id, unreported, first_at, last_at, address)
            VALUES (:user, 1, :now, :now, :address)
            ON CONFLICT (user_id) DO UPDATE SET
              unreported = f.unreported + 1,
              first_at = CASE WHEN f.unreported = 0 THEN excluded.first_at ELSE f.first_at END,
              last_at = excluded.last_at,
              address = excluded.address
            """)
                    .param("user", account.userId())
                    .param("now", sqlTime(now))
                    .param("address", address)
                    .update());
  }

  /** Takes what was counted, unless something was told after this time, or nothing is there. */
  Optional<Unreported> take(String userId, Instant unlessAfter, Instant now) {
    return database
        .entered()
        .sql(
            """
            UPDATE identity.failed_login f SET unreported = 0, reported_at = :now
            FROM (
              SELECT user_id, unreported, first_at, last_at, address FROM identity.failed_login
              WHERE user_id = :user AND unreported > 0 AND (reported_at IS NULL OR reported_at <= :after)
              FOR UPDATE) told
            WHERE f.user_id = told.user_id
            RETURNING told.unreported, told.first_at, told.last_at, told.address
            """)
        .param("user", userId)
        .param("after", sqlTime(unlessAfter))
        .param("now", sqlTime(now))
        .query(
            (row, number) ->
                new Unreported(
                    row.getInt("unreported"),
                    requiredInstant(row, "first_at"),
                    requiredInstant(row, "last_at"),
                    row.getString("address")))
        .optional();
  }

  /** Some of those who have something to tell, and told nothing after this time. */
  List<Account> due(Instant unlessAfter, int most) {
    return database
        .beforeTenant()
        .sql(
            """
            SELECT tenant_id, user_id FROM identity.failed_logins_due(?, ?)
            """)
        .params(sqlTime(unlessAfter), most)
        .query((row, number) -> new Account(row.getString(1), row.getString(2)))
        .list();
  }
}
