package io.crontopus.query.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.identity.Scope;
import io.crontopus.query.Api;
import io.crontopus.query.Api.Answer;
import io.crontopus.query.Platform;
import io.crontopus.query.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Runs counted by job and by endpoint, from real tables over HTTP. */
class StatisticsIT {

  private static final String SPAN = "?from=2026-03-01T22:00:00Z&to=2026-03-04T02:00:00Z";

  private String tenant;
  private Tables tables;
  private Api api;

  @BeforeEach
  void newTenant() {
    tenant = Platform.get().newTenant();
    tables = new Tables(tenant);
    api = Api.of(Platform.get().token(tenant));
  }

  @Test
  void countsFullDaysAndTheHoursAtBothEnds() {
    counted("before", "backup", "e1", "success", "2026-03-01T21:59:59Z");
    counted("first", "backup", "e1", "success", "2026-03-01T22:00:00Z");
    counted("day", "backup", "e2", "failure", "2026-03-02T12:00:00Z");
    counted("other-day", "backup", "e1", "success", "2026-03-03T23:59:59Z");
    counted("last", "backup", "e1", "success", "2026-03-04T01:59:59Z");
    counted("after", "backup", "e1", "success", "2026-03-04T02:00:00Z");

    JsonNode job = only(api.get("/api/runs/by-job" + SPAN), "jobs");

    assertThat(job.get("namespace").asString()).isEqualTo("default");
    assertThat(job.get("job_name").asString()).isEqualTo("backup");
    assertThat(job.get("runs").asLong()).isEqualTo(4);
    assertThat(job.get("by_status").toString()).isEqualTo("{\"failure\":1,\"success\":3}");
    assertThat(job.get("duration").toString())
        .isEqualTo("{\"average\":1.5,\"maximum\":1.5,\"total\":6.0}");
    assertThat(job.get("last_run").get("run_id").asString()).isEqualTo("last");
    assertThat(job.has("buckets")).isFalse();
  }

  @Test
  void countsTheSameByEndpoint() {
    tables.endpoint("e1", "web-01", "h", "linux");
    counted("first", "backup", "e1", "success", "2026-03-01T22:00:00Z");
    counted("day", "report", "e1", "failure", "2026-03-02T12:00:00Z");
    counted("last", "report", "e2", "timeout", "2026-03-04T01:59:59Z");
    counted("nowhere", "report", null, "success", "2026-03-03T12:00:00Z");
    counted("long-ago", "report", "e3", "success", "2025-03-03T12:00:00Z");

    Answer answer = api.get("/api/runs/by-endpoint" + SPAN);

    assertThat(answer.texts("endpoints", "endpoint_id")).containsExactly("e1", "e2");
    JsonNode first = answer.body().get("endpoints").get(0);
    assertThat(first.get("name").asString()).isEqualTo("web-01");
    assertThat(first.get("runs").asLong()).isEqualTo(2);
    assertThat(first.get("last_run").get("run_id").asString()).isEqualTo("day");
    assertThat(answer.body().get("endpoints").get(1).get("name").isNull()).isTrue();
  }

  @Test
  void cutsTheSpanIntoDaysOrHours() {
    counted("a", "backup", "e1", "success", "2026-03-01T22:10:00Z");
    counted("b", "backup", "e1", "failure", "2026-03-01T23:10:00Z");
    counted("c", "backup", "e1", "success", "2026-03-02T23:10:00Z");
    counted("d", "backup", "e1", "success", "2026-03-04T00:10:00Z");

    for (String list : List.of("jobs", "endpoints")) {
      String path = "/api/runs/by-" + list.substring(0, list.length() - 1) + SPAN + "&limit=10";
      assertThat(pieces(path + "&bucket=day", list))
          .containsExactly(
              "2026-03-01T00:00:00.000Z 2",
              "2026-03-02T00:00:00.000Z 1",
              "2026-03-04T00:00:00.000Z 1");
      assertThat(pieces(path + "&bucket=hour", list))
          .containsExactly(
              "2026-03-01T22:00:00.000Z 1",
              "2026-03-01T23:00:00.000Z 1",
              "2026-03-02T23:00:00.000Z 1",
              "2026-03-04T00:00:00.000Z 1");
    }
  }

  @Test
  void pagesAndNarrows() {
    for (int i = 0; i < 7; i++) {
      counted("r" + i, "job-" + i, "e" + i, "success", "2026-03-02T12:00:00Z");
    }
    tables.run("x", "other", "job-0", "e0", "failure", Instant.parse("2026-03-02T12:00:00Z"));
    tables.counted("other", "job-0", "e0", "failure", Instant.parse("2026-03-02T12:00:00Z"));

    assertThat(allPages("/api/runs/by-job", "jobs", "job_name"))
        .containsExactly("job-0", "job-1", "job-2", "job-3", "job-4", "job-5", "job-6", "job-0");
    assertThat(allPages("/api/runs/by-endpoint", "endpoints", "endpoint_id"))
        .containsExactly("e0", "e1", "e2", "e3", "e4", "e5", "e6");
    assertThat(api.get("/api/runs/by-job" + SPAN + "&namespace=other").texts("jobs", "namespace"))
        .containsExactly("other");
    JsonNode endpoint =
        only(api.get("/api/runs/by-endpoint" + SPAN + "&namespace=other"), "endpoints");
    assertThat(endpoint.get("runs").asLong()).isEqualTo(1);
    assertThat(endpoint.get("last_run").get("run_id").asString()).isEqualTo("x");
  }

  @Test
  void showsNothingOfOtherTenants() {
    counted("a", "backup", "e1", "success", "2026-03-02T12:00:00Z");
    Api other = Api.of(Platform.get().token(Platform.get().newTenant()));

    assertThat(other.get("/api/runs/by-job" + SPAN).body().get("jobs").size()).isZero();
    assertThat(other.get("/api/runs/by-endpoint" + SPAN).body().get("endpoints").size()).isZero();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(api.get("/api/runs/by-job?bucket=week").status()).isEqualTo(400);
    assertThat(api.get("/api/runs/by-job?from=yesterday").status()).isEqualTo(400);
    assertThat(
            api.get("/api/runs/by-job?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z").status())
        .isEqualTo(400);
    assertThat(
            api.get("/api/runs/by-job?from=2020-03-02T00:00:00Z&bucket=hour&limit=1000").status())
        .isEqualTo(400);
    Api jobsOnly = Api.of(Platform.get().token(tenant, Scope.READ_JOBS));
    assertThat(jobsOnly.get("/api/runs/by-job").status()).isEqualTo(403);
    assertThat(jobsOnly.get("/api/runs/by-endpoint").status()).isEqualTo(403);
  }

  private void counted(String id, String job, @Nullable String endpoint, String status, String at) {
    Instant time = Instant.parse(at);
    tables.run(id, "default", job, endpoint, status, time);
    tables.counted("default", job, endpoint, status, time);
  }

  private static JsonNode only(Answer answer, String list) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().get(list).size()).isEqualTo(1);
    return answer.body().get(list).get(0);
  }

  private List<String> pieces(String path, String list) {
    return only(api.get(path), list)
        .get("buckets")
        .valueStream()
        .map(piece -> piece.get("start").asString() + " " + piece.get("runs").asLong())
        .toList();
  }

  private List<String> allPages(String path, String list, String field) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = api.get(path + SPAN + "&limit=3&cursor=" + cursor);
      seen.addAll(page.texts(list, field));
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());
    return seen;
  }
}
