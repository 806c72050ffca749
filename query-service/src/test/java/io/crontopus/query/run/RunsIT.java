package io.crontopus.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.identity.Scope;
import io.crontopus.query.Api;
import io.crontopus.query.Api.Answer;
import io.crontopus.query.Platform;
import io.crontopus.query.Tables;
import io.crontopus.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs over HTTP, from a real database. */
class RunsIT {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private String tenant;
  private Tables tables;
  private Api api;

  @BeforeEach
  void newTenant() {
    tenant = Platform.get().newTenant();
    tables = new Tables(tenant);
    api = Api.of(Platform.get().token(tenant, Scope.READ_RUNS));
  }

  @Test
  void listsTheNewestFirstAndTheSameTimeByIdWithoutOutput() {
    tables.run("a", "default", "backup", "e1", "success", NOON);
    tables.run("b", "default", "backup", "e1", "failure", NOON.plusSeconds(1));
    tables.run("c", "default", "backup", "e1", "running", NOON);

    Answer answer = api.get("/api/runs");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.texts("runs", "run_id")).containsExactly("b", "c", "a");
    assertThat(answer.body().get("runs").get(0).get("output").isNull()).isTrue();
    assertThat(answer.body().get("runs").get(0).get("duration").asDouble()).isEqualTo(1.5);
    assertThat(answer.body().get("runs").get(0).get("started_at").asString())
        .isEqualTo("2026-03-01T12:00:01.000Z");
    assertThat(answer.body().get("runs").get(0).propertyNames())
        .containsExactly(
            "run_id",
            "job_name",
            "namespace",
            "job_id",
            "endpoint_id",
            "status",
            "exit_code",
            "started_at",
            "finished_at",
            "duration",
            "output",
            "output_truncated",
            "error_message",
            "source",
            "commit",
            "received_at");
    assertThat(answer.body().get("next_cursor").isNull()).isTrue();
  }

  @Test
  void givesTheOutputWhenAskedForAndOfASingleRun() {
    tables.run("a", "default", "backup", null, "success", NOON);

    assertThat(api.get("/api/runs?include=output").texts("runs", "output"))
        .containsExactly("the output of a");
    assertThat(api.get("/api/runs/a").body().get("output").asString()).isEqualTo("the output of a");
    assertThat(api.get("/api/runs/z").status()).isEqualTo(404);
  }

  @Test
  void pagesAreStableWhileRunsAreAdded() {
    for (int i = 0; i < 25; i++) {
      tables.run("r%02d".formatted(i), "default", "backup", null, "success", NOON.plusMillis(i));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = api.get("/api/runs", "limit", "10", "cursor", cursor);
      seen.addAll(page.texts("runs", "run_id"));
      cursor = page.nextCursor();
      tables.run("new" + seen.size(), "default", "backup", null, "success", NOON.plusSeconds(60));
    } while (!cursor.isEmpty());

    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.range(0, 25).mapToObj(i -> "r%02d".formatted(24 - i)).toList());
  }

  @Test
  void pagesGoOnInTheMiddleOfAMicrosecondTie() {
    Instant at = NOON.plusNanos(123_456_000);
    for (int i = 0; i < 7; i++) {
      tables.run("tie" + i, "default", "backup", null, "success", at);
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = api.get("/api/runs", "limit", "2", "cursor", cursor);
      seen.addAll(page.texts("runs", "run_id"));
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(seen).containsExactly("tie6", "tie5", "tie4", "tie3", "tie2", "tie1", "tie0");
  }

  @Test
  void everyFilterNarrowsAlone() {
    tables.run("a", "default", "backup", "e1", "success", NOON);
    tables.run("b", "other", "backup", "e2", "failure", NOON.plusSeconds(1));
    tables.run("c", "other", "report", "e1", "timeout", NOON.plusSeconds(2));
    tables.run("d", "default", "report", null, "missed", NOON.plusSeconds(3));

    assertThat(ids("job", "backup")).containsExactly("b", "a");
    assertThat(ids("namespace", "other")).containsExactly("c", "b");
    assertThat(ids("job", "backup", "namespace", "other")).containsExactly("b");
    assertThat(ids("endpoint_id", "e1")).containsExactly("c", "a");
    assertThat(ids("status", "failure")).containsExactly("b");
    assertThat(ids("status", "failure,timeout")).containsExactly("c", "b");
    assertThat(ids("status", "failure", "status", "missed")).containsExactly("d", "b");
    assertThat(ids("job", "backup", "status", "failure,success")).containsExactly("b", "a");
    assertThat(ids("from", "2026-03-01T12:00:01Z")).containsExactly("d", "c", "b");
    assertThat(ids("to", "2026-03-01T13:00:02+01:00")).containsExactly("b", "a");
    assertThat(
            ids(
                "namespace", "other",
                "job", "report",
                "endpoint_id", "e1",
                "status", "timeout",
                "from", "2026-03-01T12:00:00Z",
                "to", "2026-03-01T12:01:00Z"))
        .containsExactly("c");
    assertThat(ids("job", "nothing")).isEmpty();
    assertThat(ids("unknown", "ignored")).hasSize(4);
  }

  @Test
  void everyShapeOfAListPages() {
    for (int i = 0; i < 9; i++) {
      String status = i % 2 == 0 ? "success" : "failure";
      tables.run(
          "r" + i, i % 3 == 0 ? "other" : "default", "backup", "e1", status, NOON.plusSeconds(i));
    }
    List<String> all = List.of("r8", "r7", "r6", "r5", "r4", "r3", "r2", "r1", "r0");

    assertThat(allPages("status", "success,failure")).isEqualTo(all);
    assertThat(allPages("job", "backup")).isEqualTo(all);
    assertThat(allPages("job", "backup", "status", "success"))
        .containsExactly("r8", "r6", "r4", "r2", "r0");
  }

  /** More statements than a connection keeps prepared, twice, the second time from the first on. */
  @Test
  void everyChoiceOfStatusesHasAListOfItsOwn() {
    List<String> statuses = Arrays.stream(RunStatus.values()).map(RunStatus::wireName).toList();
    for (int i = 0; i < statuses.size(); i++) {
      tables.run("r" + i, "default", "backup", "e1", statuses.get(i), NOON.minusSeconds(i));
    }
    for (int round = 0; round < 2; round++) {
      for (String[] filter :
          List.of(
              new String[] {},
              new String[] {"job", "backup"},
              new String[] {"namespace", "default"},
              new String[] {"endpoint_id", "e1"},
              new String[] {"to", "2026-03-01T13:00:00Z"},
              new String[] {"include", "output"})) {
        for (int choice = 1; choice < 1 << statuses.size(); choice++) {
          int chosen = choice;
          IntStream places =
              IntStream.range(0, statuses.size()).filter(i -> (chosen >> i) % 2 == 1);
          List<Integer> wanted = places.boxed().toList();
          List<String> asked = new ArrayList<>(List.of(filter));
          wanted.forEach(i -> asked.addAll(List.of("status", statuses.get(i))));
          assertThat(ids(asked.toArray(String[]::new)))
              .as("%s", asked)
              .isEqualTo(wanted.stream().map(i -> "r" + i).toList());
        }
      }
    }
  }

  @Test
  void listsTheRunsOfAJob() {
    tables.run("a", "default", "backup", "e1", "success", NOON);
    tables.run("b", "other", "backup", "e1", "success", NOON);

    assertThat(api.get("/api/jobs/other/backup/runs").texts("runs", "run_id")).containsExactly("b");
    assertThat(api.get("/api/jobs/other/backup/runs?status=failure").texts("runs", "run_id"))
        .isEmpty();
  }

  @Test
  void needsTheScope() {
    Api other = Api.of(Platform.get().token(tenant, Scope.READ_JOBS));

    assertThat(other.get("/api/runs").status()).isEqualTo(403);
    assertThat(other.get("/api/runs/a").status()).isEqualTo(403);
    assertThat(Api.of(Platform.get().endpointToken(tenant, "e1")).get("/api/runs").status())
        .isEqualTo(403);
    assertThat(Api.of("ctp_nonsense").get("/api/runs").status()).isEqualTo(401);
  }

  private List<String> ids(String... parameters) {
    Answer answer = api.get("/api/runs", parameters);
    assertThat(answer.status()).isEqualTo(200);
    return answer.texts("runs", "run_id");
  }

  private List<String> allPages(String... parameters) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      List<String> all = new ArrayList<>(List.of(parameters));
      all.addAll(List.of("limit", "2", "cursor", cursor));
      Answer page = api.get("/api/runs", all.toArray(String[]::new));
      seen.addAll(page.texts("runs", "run_id"));
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());
    return seen;
  }
}
