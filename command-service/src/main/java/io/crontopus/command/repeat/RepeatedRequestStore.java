package io.crontopus.command.repeat;

import static io.crontopus.identity.Rows.sqlTime;

import io.crontopus.identity.TenantDatabase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Requests that carried a key, in the transaction of what they did. */
final class RepeatedRequestStore {

  /** Whose key it is. */
  record Place(String tenantId, String credential, String key) {}

  /**
   * What is known of a request.
   *
   * @param resourceId what it made
   * @param answer its answer; null when that held a secret
   */
  record Known(String requestHash, @Nullable String resourceId, @Nullable String answer) {}

  private final TenantDatabase database;

  RepeatedRequestStore(TenantDatabase database) {
    this.database = database;
  }

  /**
   * Notes a request before it is carried out; false when its key is known. Waits for another
   * request with this key that is being carried out.
   */
  boolean begin(Place place, String requestHash, Instant now, Instant expires) {
    database
        .entered()
        .sql(
            """
            DELETE FROM identity.repeated_request
            WHERE tenant_id = ? AND credential = ? AND key = ? AND expires_at <= ?
            """)
        .params(place.tenantId(), place.credential(), place.key(), sqlTime(now))
        .update();
    return database
            .entered()
            .sql(
                """
                INSERT INTO identity.repeated_request (tenant_id, credential, key, request_hash, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(
                place.tenantId(),
                place.credential(),
                place.key(),
                requestHash,
                sqlTime(now),
                sqlTime(expires))
            .update()
        == 1;
  }

  /** How many keys this credential has in use. */
  int count(Place place) {
    return database
        .entered()
        .sql(
            "SELECT count(*) FROM identity.repeated_request WHERE tenant_id = ? AND credential = ?")
        .params(place.tenantId(), place.credential())
        .query(Integer.class)
        .single();
  }

  /** Notes what a request came to. */
  void end(Place place, String resourceId, @Nullable String answer) {
    database
        .entered()
        .sql(
            """
            UPDATE identity.repeated_request SET resource_id = :resource, answer = :answer
            WHERE tenant_id = :tenant AND credential = :credential AND key = :key
            """)
        .param("resource", resourceId)
        .param("answer", answer)
        .param("tenant", place.tenantId())
        .param("credential", place.credential())
        .param("key", place.key())
        .update();
  }

  /** What is known of the request with this key. */
  Known known(Place place) {
    return database
        .entered()
        .sql(
            """
            SELECT request_hash, resource_id, answer FROM identity.repeated_request
            WHERE tenant_id = ? AND credential = ? AND key = ?
            """)
        .params(place.tenantId(), place.credential(), place.key())
        .query((row, number) -> new Known(row.getString(1), row.getString(2), row.getString(3)))
        .single();
  }

  /** Forgets some of those that have expired, of all tenants; how many. */
  long forget(Instant now, int most) {
    return database
        .beforeTenant()
        .sql("SELECT identity.forget_requests(?, ?)")
        .params(sqlTime(now), most)
        .query(Long.class)
        .single();
  }
}
