package io.crontopus.projection.usage;

import io.crontopus.identity.TenantDatabase;
import io.crontopus.web.usage.RepositorySizes;
import java.sql.Date;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures how much tenants have, on one node at a time: events by adding up the new ones,
 * repositories by walking the disk, endpoints and users by counting.
 */
final class UsageMeasure {

  /** How many new events of a tenant are added up at once. */
  private static final int EVENTS = 20_000;

  /** A first look at an old log is finished by the next ones. */
  private static final int MOST_ROUNDS = 50;

  private static final int KEPT_DAYS = 800;

  private static final String CLAIM =
      "SELECT 1 FROM read_model.usage_measure WHERE next_at <= :now FOR UPDATE SKIP LOCKED";

  /** What a row takes beside its two large fields, about. */
  private static final String ADD_EVENTS =
      """
      WITH grown AS (
        SELECT l.tenant_id, coalesce(s.next_seq, 0) AS first,
               least(l.size, coalesce(s.next_seq, 0) + :most) AS past_last
        FROM audit.log l
        JOIN identity.tenant t ON t.tenant_id = l.tenant_id AND t.state NOT IN ('purging', 'purged')
        LEFT JOIN read_model.usage_storage s ON s.tenant_id = l.tenant_id
        WHERE l.size > coalesce(s.next_seq, 0)
      ), sums AS (
        SELECT g.tenant_id, g.past_last,
               sum(200 + octet_length(d.payload) + coalesce(octet_length(d.metadata), 0)) AS bytes
        FROM grown g
        JOIN audit.entry e ON e.tenant_id = g.tenant_id AND e.seq >= g.first AND e.seq < g.past_last
        LEFT JOIN event_store.domain_event d ON d.global_index = e.position
        GROUP BY 1, 2
      )
      INSERT INTO read_model.usage_storage AS u (tenant_id, next_seq, log_bytes)
      SELECT tenant_id, past_last, coalesce(bytes, 0) FROM sums
      ON CONFLICT (tenant_id) DO UPDATE SET
        next_seq = excluded.next_seq, log_bytes = u.log_bytes + excluded.log_bytes
      """;

  private static final String PUT_REPOSITORIES =
      """
      INSERT INTO read_model.usage_storage AS u (tenant_id, git_bytes)
      SELECT n.tenant_id, n.bytes FROM unnest(:tenants::text[], :bytes::bigint[]) AS n (tenant_id, bytes)
      JOIN identity.tenant t ON t.tenant_id = n.tenant_id AND t.state NOT IN ('purging', 'purged')
      ON CONFLICT (tenant_id) DO UPDATE SET git_bytes = excluded.git_bytes
      """;

  private static final String PUT_DAY =
      """
      INSERT INTO read_model.usage_daily AS u (tenant_id, day, log_bytes, git_bytes, endpoints, users)
      SELECT t.tenant_id, :day, coalesce(s.log_bytes, 0), coalesce(s.git_bytes, 0), coalesce(e.endpoints, 0),
             coalesce(a.users, 0)
      FROM identity.tenant t
      LEFT JOIN read_model.usage_storage s ON s.tenant_id = t.tenant_id
      LEFT JOIN (
        SELECT tenant_id, count(*) AS endpoints FROM read_model.endpoint WHERE revoked_at IS NULL GROUP BY 1
      ) e ON e.tenant_id = t.tenant_id
      LEFT JOIN (SELECT tenant_id, count(*) AS users FROM identity.app_user GROUP BY 1) a ON a.tenant_id = t.tenant_id
      WHERE t.state NOT IN ('purging', 'purged')
      ORDER BY t.tenant_id
      ON CONFLICT (day, tenant_id) DO UPDATE SET
        log_bytes = excluded.log_bytes, git_bytes = excluded.git_bytes, endpoints = excluded.endpoints,
        users = excluded.users
      WHERE (u.log_bytes, u.git_bytes, u.endpoints, u.users)
        IS DISTINCT FROM (excluded.log_bytes, excluded.git_bytes, excluded.endpoints, excluded.users)
      """;

  private final TenantDatabase database;
  private final @Nullable RepositorySizes repositories;
  private final Duration every;
  private final Clock clock;

  UsageMeasure(
      TenantDatabase database,
      @Nullable RepositorySizes repositories,
      Duration every,
      Clock clock) {
    this.database = database;
    this.repositories = repositories;
    this.every = every;
    this.clock = clock;
  }

  /** Measures, unless that was done lately or another node is at it. */
  void runIfDue() {
    Instant now = clock.instant();
    for (int round = 0; round < MOST_ROUNDS && addEvents(now); round++) {
      // the next stretch of those logs that have more
    }
    if (isDue(now)) {
      Map<String, Long> sizes = repositories == null ? Map.of() : repositories.bytes();
      boolean _ =
          database.inAll(
              jdbc -> {
                if (claim(jdbc, now)) {
                  put(jdbc, sizes, LocalDate.ofInstant(now, ZoneOffset.UTC));
                  jdbc.sql("UPDATE read_model.usage_measure SET next_at = ?")
                      .param(now.plus(every).atOffset(ZoneOffset.UTC))
                      .update();
                }
                return true;
              });
    }
  }

  private boolean isDue(Instant now) {
    return database.inAll(
        jdbc ->
            jdbc.sql("SELECT EXISTS (SELECT 1 FROM read_model.usage_measure WHERE next_at <= ?)")
                .param(now.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single());
  }

  private static boolean claim(JdbcClient jdbc, Instant now) {
    return jdbc.sql(CLAIM)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private boolean addEvents(Instant now) {
    return database.inAll(
        jdbc -> claim(jdbc, now) && jdbc.sql(ADD_EVENTS).param("most", EVENTS).update() > 0);
  }

  private static void put(JdbcClient jdbc, Map<String, Long> sizes, LocalDate day) {
    List<String> tenants = List.copyOf(sizes.keySet());
    jdbc.sql(PUT_REPOSITORIES)
        .param("tenants", tenants.toArray(String[]::new))
        .param("bytes", tenants.stream().map(sizes::get).toArray(Long[]::new))
        .update();
    jdbc.sql(PUT_DAY).param("day", Date.valueOf(day)).update();
    jdbc.sql("DELETE FROM read_model.usage_daily WHERE day < ?")
        .param(Date.valueOf(day.minusDays(KEPT_DAYS)))
        .update();
  }
}
