package io.crontopus.query.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.query.Api;
import io.crontopus.query.Platform;
import io.crontopus.query.Tables;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tenants see nothing of each other: by the queries, and by the database without them. */
class TenantIsolationIT {

  private static final List<String> TABLES =
      List.of(
          "run",
          "run_replaced_result",
          "endpoint",
          "endpoint_heartbeat",
          "job_instance",
          "job",
          "job_last_run",
          "git_commit",
          "manifest_problem",
          "fleet",
          "job_history",
          "manifest_problem_history",
          "endpoint_history",
          "fleet_history",
          "job_instance_history",
          "endpoint_report_history");

  private final TenantQueries queries = Platform.get().bean(TenantQueries.class);
  private String one;
  private String other;

  @BeforeEach
  void oneTenantHasEverything() {
    one = Platform.get().newTenant();
    other = Platform.get().newTenant();
    Tables tables = new Tables(one);
    tables.run("r1", "default", "backup", "e1", "success", Instant.now());
    tables.replacedResult("r1");
    tables.endpoint("e1", "web", "h", "linux");
    tables.heartbeat("e1", Instant.now());
    tables.instance("e1", "j1", "default", "backup", "in_sync");
    tables.job("j1", "default", "backup", "{}", true, false);
    tables.commit("c1", 1);
    tables.manifestProblem("default/backup.yaml");
    tables.quietFleet();
    tables.past();
  }

  @Test
  void everyRouteHidesItFromAnotherTenant() {
    Api stranger = Api.of(Platform.get().token(other));

    assertThat(stranger.get("/api/runs").body().get("runs")).isEmpty();
    assertThat(stranger.get("/api/runs?job=backup").body().get("runs")).isEmpty();
    assertThat(stranger.get("/api/runs?status=success,failure").body().get("runs")).isEmpty();
    assertThat(stranger.get("/api/runs/r1").status()).isEqualTo(404);
    assertThat(stranger.get("/api/endpoints").body().get("endpoints")).isEmpty();
    assertThat(stranger.get("/api/endpoints/e1").status()).isEqualTo(404);
    assertThat(stranger.get("/api/endpoints/e1/jobs").status()).isEqualTo(404);
    assertThat(stranger.get("/api/jobs").body().get("jobs")).isEmpty();
    assertThat(stranger.get("/api/jobs/default/backup").status()).isEqualTo(404);
    assertThat(stranger.get("/api/jobs/default/backup/endpoints").status()).isEqualTo(404);
    assertThat(stranger.get("/api/jobs/default/backup/runs").body().get("runs")).isEmpty();
    assertThat(stranger.get("/api/commits").body().get("commits")).isEmpty();
  }

  @Test
  void theDatabaseHidesItFromQueriesThatForgetTheTenant() {
    for (String table : TABLES) {
      assertThat(count(one, table)).as(table).isEqualTo(1);
      assertThat(count(other, table)).as(table).isZero();
      assertThat(count("", table)).as(table).isZero();
    }
  }

  @Test
  void aConnectionForgetsItsTenant() {
    FeedQueries feed = new FeedQueries(Platform.get().bean(ReadModelPool.class));
    count(one, "run");

    for (int i = 0; i < 20; i++) {
      assertThat(
              Objects.requireNonNull(
                      feed.all(Query.of("SELECT count(*) AS n FROM run"), TenantIsolationIT::n)
                          .block())
                  .getFirst())
          .isZero();
    }
  }

  @Test
  void tenantsThatShareConnectionsAreNotMixedUp() {
    List<Long> counts =
        Flux.range(0, 2_000)
            .flatMap(
                i ->
                    queries
                        .all(i % 2 == 0 ? one : other, counting("run"), TenantIsolationIT::n)
                        .map(rows -> i % 2 == 0 ? rows.getFirst() - 1 : rows.getFirst()),
                64)
            .collectList()
            .block(Duration.ofSeconds(60));

    assertThat(counts).hasSize(2_000).containsOnly(0L);
  }

  @Test
  void queriesThatFailOrAreCancelledLeaveNothingBehind() {
    for (int i = 0; i < 50; i++) {
      Mono<List<Long>> slow =
          queries.all(
              one,
              Query.of("SELECT 1::bigint AS n FROM pg_sleep(0.05) WHERE $1::text <> ''"),
              TenantIsolationIT::n);
      slow.subscribe().dispose();
      assertThatThrownBy(
              () ->
                  queries
                      .all(
                          one,
                          Query.of("SELECT (1 / length($1) - 1 / 0)::bigint AS n"),
                          TenantIsolationIT::n)
                      .block())
          .isInstanceOf(RuntimeException.class);
    }
    for (int i = 0; i < 50; i++) {
      assertThat(count(one, "run")).isEqualTo(1);
      assertThat(count(other, "run")).isZero();
    }
  }

  @Test
  void theRoleCannotWrite() {
    for (String sql :
        List.of(
            "DELETE FROM run WHERE $1::text <> ''",
            "INSERT INTO ui_change (tenant_id, topic, key) VALUES ($1, 'runs', 'x')",
            "SELECT count(*) AS n FROM event_store.domain_event WHERE $1::text <> ''",
            "SELECT count(*) AS n FROM identity.api_token WHERE $1::text <> ''")) {
      assertThatThrownBy(() -> queries.all(one, Query.of(sql), TenantIsolationIT::n).block())
          .as(sql)
          .hasMessageMatching("(?s).*(permission denied|read-only).*");
    }
  }

  private long count(String tenant, String table) {
    return Objects.requireNonNull(
            queries.all(tenant, counting(table), TenantIsolationIT::n).block())
        .getFirst();
  }

  private static Query counting(String table) {
    return Query.of("SELECT count(*) AS n FROM " + table + " WHERE $1::text IS NOT NULL");
  }

  private static long n(Readable row) {
    return Columns.number(row, "n");
  }
}
