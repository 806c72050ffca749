package io.crontopus.projection.usage;

import io.crontopus.identity.TenantDatabase;
import io.crontopus.web.usage.Usage;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** {@code read_model.usage_daily}. */
final class UsageStore {

  private static final Usage NOTHING = new Usage(0, 0, 0);

  /** Always in the same order, so that two nodes never wait for each other. */
  private static final String ADD =
      """
      INSERT INTO read_model.usage_daily AS u (tenant_id, day, api_calls, check_ins, heartbeats)
      SELECT n.tenant_id, :day, n.api_calls, n.check_ins, n.heartbeats
      FROM unnest(:tenants::text[], :calls::bigint[], :checkins::bigint[], :heartbeats::bigint[])
        AS n (tenant_id, api_calls, check_ins, heartbeats)
      ORDER BY n.tenant_id
      ON CONFLICT (day, tenant_id) DO UPDATE SET
        api_calls = u.api_calls + excluded.api_calls,
        check_ins = u.check_ins + excluded.check_ins,
        heartbeats = u.heartbeats + excluded.heartbeats
      """;

  /** Runs are counted where they are listed from: they are exact, and follow a rebuild. */
  private static final String LIST =
      """
      WITH page AS (
        SELECT * FROM read_model.usage_daily
        WHERE day BETWEEN :from AND :to
          AND (cast(:tenant AS text) IS NULL OR tenant_id = :tenant)
          AND (cast(:last_day AS date) IS NULL OR day < :last_day OR (day = :last_day AND tenant_id > :last_tenant))
        ORDER BY day DESC, tenant_id LIMIT :limit
      ), runs AS (
        SELECT r.tenant_id, (r.day AT TIME ZONE 'UTC')::date AS day, sum(r.runs) AS runs
        FROM read_model.run_daily r
        WHERE r.tenant_id IN (SELECT tenant_id FROM page) AND r.endpoint_id = ''
          AND r.day >= cast(:from AS timestamp) AT TIME ZONE 'UTC'
          AND r.day <= cast(:to AS timestamp) AT TIME ZONE 'UTC'
        GROUP BY 1, 2
      )
      SELECT p.*, coalesce(r.runs, 0) AS runs FROM page p LEFT JOIN runs r USING (tenant_id, day)
      ORDER BY p.day DESC, p.tenant_id
      """;

  private final TenantDatabase database;

  UsageStore(TenantDatabase database) {
    this.database = database;
  }

  /** Where a page ended. */
  record After(LocalDate day, String tenantId) {}

  /** Adds what was counted. */
  void add(LocalDate day, Map<String, Usage> news) {
    List<String> tenants = news.keySet().stream().sorted().toList();
    List<Usage> usages =
        tenants.stream().map(tenant -> news.getOrDefault(tenant, NOTHING)).toList();
    database.inAll(
        jdbc ->
            jdbc.sql(ADD)
                .param("day", Date.valueOf(day))
                .param("tenants", tenants.toArray(String[]::new))
                .param("calls", numbers(usages, Usage::apiCalls))
                .param("checkins", numbers(usages, Usage::checkIns))
                .param("heartbeats", numbers(usages, Usage::heartbeats))
                .update());
  }

  private static Long[] numbers(List<Usage> usages, ToLongFunction<Usage> field) {
    return usages.stream().map(field::applyAsLong).toArray(Long[]::new);
  }

  /** Days of tenants, the newest first. */
  List<TenantDay> list(
      LocalDate from, LocalDate to, @Nullable String tenantId, int limit, @Nullable After after) {
    return database.inAll(
        jdbc ->
            jdbc.sql(LIST)
                .param("from", Date.valueOf(from))
                .param("to", Date.valueOf(to))
                .param("tenant", tenantId)
                .param("last_day", after == null ? null : Date.valueOf(after.day()))
                .param("last_tenant", after == null ? null : after.tenantId())
                .param("limit", limit)
                .query(
                    (row, number) ->
                        new TenantDay(
                            row.getString("tenant_id"),
                            row.getObject("day", LocalDate.class).toString(),
                            row.getLong("api_calls"),
                            row.getLong("check_ins"),
                            row.getLong("runs"),
                            row.getLong("heartbeats"),
                            row.getLong("log_bytes") + row.getLong("git_bytes"),
                            row.getLong("log_bytes"),
                            row.getLong("git_bytes"),
                            row.getLong("endpoints"),
                            row.getLong("users")))
                .list());
  }
}
