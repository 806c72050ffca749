package io.crontopus.query.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.identity.Scope;
import io.crontopus.query.Api;
import io.crontopus.query.Api.Answer;
import io.crontopus.query.Platform;
import io.crontopus.query.Tables;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Jobs over HTTP, from a real database. */
class JobsIT {

  private String tenant;
  private Tables tables;
  private Api api;

  @BeforeEach
  void newTenant() {
    tenant = Platform.get().newTenant();
    tables = new Tables(tenant);
    api = Api.of(Platform.get().token(tenant, Scope.READ_JOBS));
  }

  @Test
  void statusFollowsTheDefinitionAndTheLatestRun() {
    for (String name : List.of("fresh", "busy", "good", "bad", "slow")) {
      tables.job("id-" + name, "default", name, "{}", true, false);
    }
    tables.job("id-held", "default", "held", "{}", true, true);
    tables.job("id-off", "default", "off", "{}", false, false);
    tables.run("r1", "default", "busy", null, "running", Instant.now());
    tables.run("r2", "default", "good", null, "failure", Instant.now().minusSeconds(60));
    tables.run("r3", "default", "good", null, "success", Instant.now());
    tables.run("r4", "default", "bad", null, "failure", Instant.now());
    tables.run("r5", "default", "slow", null, "timeout", Instant.now());
    tables.run("r6", "default", "held", null, "failure", Instant.now());

    Answer answer = api.get("/api/jobs");

    assertThat(answer.texts("jobs", "name"))
        .containsExactly("bad", "busy", "fresh", "good", "held", "off", "slow");
    assertThat(answer.texts("jobs", "status"))
        .containsExactly("down", "running", "new", "up", "paused", "disabled", "down");
    assertThat(names("status", "down")).containsExactly("bad", "slow");
    assertThat(names("status", "down,new")).containsExactly("bad", "fresh", "slow");
    JsonNode good = answer.body().get("jobs").get(3);
    assertThat(good.get("last_run").get("run_id").asString()).isEqualTo("r3");
    assertThat(answer.body().get("jobs").get(2).get("last_run").isNull()).isTrue();
  }

  @Test
  void filtersByNamespaceLabelsAndText() {
    tables.job("j1", "default", "backup-db", "{\"team\": \"data\", \"tier\": \"1\"}", true, false);
    tables.job("j2", "default", "backup-web", "{\"team\": \"web\"}", true, false);
    tables.job("j3", "other", "report", "{\"team\": \"data\"}", true, false);

    assertThat(names("namespace", "other")).containsExactly("report");
    assertThat(names("label", "team=data")).containsExactly("backup-db", "report");
    assertThat(names("label", "team=data", "label", "tier=1")).containsExactly("backup-db");
    assertThat(names("q", "BACKUP")).containsExactly("backup-db", "backup-web");
    assertThat(names("q", "_")).isEmpty();
    assertThat(api.get("/api/jobs?label=team").status()).isEqualTo(400);
  }

  @Test
  void showsDefinitionScheduleAndErrors() {
    tables.job("j1", "default", "backup", "{\"team\": \"data\"}", true, false);
    tables.manifestProblem("default/backup.yaml");

    JsonNode job = api.get("/api/jobs/default/backup").body();

    assertThat(job.propertyNames())
        .containsExactly(
            "job_id",
            "namespace",
            "name",
            "path",
            "schedule",
            "timezone",
            "command",
            "enabled",
            "paused",
            "labels",
            "annotations",
            "commit",
            "status",
            "next_run_at",
            "last_run",
            "updated_at",
            "definition",
            "errors");
    assertThat(job.get("schedule").get(0).asString()).isEqualTo("0 2 * * *");
    assertThat(job.get("command").asString()).isEqualTo("/bin/true");
    assertThat(job.get("annotations").get("owner").asString()).isEqualTo("ops");
    assertThat(job.get("definition").get("apiVersion").asString()).isEqualTo("v1");
    assertThat(job.get("errors").get(0).get("line").asInt()).isEqualTo(3);
    Instant next = Instant.parse(job.get("next_run_at").asString());
    assertThat(next).isAfter(Instant.now());
    assertThat(next.atZone(ZoneId.of("Europe/Berlin")).getHour()).isEqualTo(2);
    assertThat(api.get("/api/jobs/default/nothing").status()).isEqualTo(404);
  }

  @Test
  void whatDoesNotRunHasNoNextRun() {
    tables.job("j1", "default", "held", "{}", true, true);
    tables.job("j2", "default", "off", "{}", false, false);

    api.get("/api/jobs")
        .body()
        .get("jobs")
        .forEach(job -> assertThat(job.get("next_run_at").isNull()).isTrue());
  }

  @Test
  void listsTheEndpointsOfAJob() {
    tables.job("j1", "default", "backup", "{}", true, false);
    for (int i = 1; i <= 3; i++) {
      tables.endpoint("e" + i, "web-0" + i, "h", "linux");
      tables.instance("e" + i, "j1", "default", "backup", i == 3 ? "drifted" : "in_sync");
    }

    Answer first = api.get("/api/jobs/default/backup/endpoints", "limit", "2");
    Answer second =
        api.get("/api/jobs/default/backup/endpoints", "limit", "2", "cursor", first.nextCursor());

    assertThat(first.texts("endpoints", "endpoint_name")).containsExactly("web-01", "web-02");
    assertThat(second.texts("endpoints", "state")).containsExactly("drifted");
    assertThat(second.nextCursor()).isEmpty();
    assertThat(api.get("/api/jobs/default/nothing/endpoints").status()).isEqualTo(404);
  }

  @Test
  void pagesByNamespaceAndName() {
    for (int i = 0; i < 7; i++) {
      tables.job("j" + i, i % 2 == 0 ? "default" : "other", "job-" + i, "{}", true, false);
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = api.get("/api/jobs", "limit", "3", "cursor", cursor);
      seen.addAll(page.texts("jobs", "name"));
      cursor = page.nextCursor();
      tables.job("n" + seen.size(), "default", "a-" + seen.size(), "{}", true, false);
    } while (!cursor.isEmpty());

    assertThat(seen).containsExactly("job-0", "job-2", "job-4", "job-6", "job-1", "job-3", "job-5");
  }

  private List<String> names(String... parameters) {
    Answer answer = api.get("/api/jobs", parameters);
    assertThat(answer.status()).isEqualTo(200);
    return answer.texts("jobs", "name");
  }
}
