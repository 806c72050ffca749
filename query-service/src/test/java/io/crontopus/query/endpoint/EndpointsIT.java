package io.crontopus.query.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.identity.Scope;
import io.crontopus.query.Api;
import io.crontopus.query.Api.Answer;
import io.crontopus.query.Platform;
import io.crontopus.query.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Endpoints over HTTP, from a real database. */
class EndpointsIT {

  private String tenant;
  private Tables tables;
  private Api api;

  @BeforeEach
  void newTenant() {
    tenant = Platform.get().newTenant();
    tables = new Tables(tenant);
    api = Api.of(Platform.get().token(tenant, Scope.READ_AGENTS));
  }

  @Test
  void statusIsWhatTheEventsSay() {
    for (String name : List.of("fresh", "quiet", "gone", "unseen", "taken")) {
      tables.endpoint("id-" + name, name, "host", "linux");
    }
    tables.state("id-fresh", "online");
    tables.state("id-quiet", "silent");
    tables.state("id-gone", "offline");
    tables.state("id-taken", "online");
    tables.revoke("id-taken");

    Answer all = api.get("/api/endpoints");
    assertThat(all.texts("endpoints", "name"))
        .containsExactly("fresh", "gone", "quiet", "taken", "unseen");
    assertThat(all.texts("endpoints", "status"))
        .containsExactly("online", "offline", "silent", "revoked", "new");
    for (String status : List.of("online", "offline", "silent", "revoked", "new")) {
      assertThat(api.get("/api/endpoints", "status", status).texts("endpoints", "status"))
          .containsExactly(status);
    }
  }

  @Test
  void whoWasOnlineInAFleetThatWentQuietIsInAStateThatNobodyKnows() {
    tables.endpoint("e1", "one", "host", "linux");
    tables.endpoint("e2", "two", "host", "linux");
    tables.state("e1", "online");
    tables.state("e2", "offline");
    tables.quietFleet();

    assertThat(api.get("/api/endpoints").texts("endpoints", "status"))
        .containsExactly("unknown", "offline");
    assertThat(ids("status", "unknown")).containsExactly("e1");
    assertThat(api.get("/api/endpoints/e1").body().get("status").asString()).isEqualTo("unknown");
  }

  @Test
  void showsWhatTheEndpointSaidAsItsEventsTellIt() {
    tables.endpoint("e1", "web-01", "web-01.example.org", "linux");
    tables.heartbeat("e1", Instant.now());
    JsonNode before = api.get("/api/endpoints/e1").body();
    assertThat(before.get("version").asString()).as("no event has told it yet").isEqualTo("1.0");
    assertThat(before.get("applied_commit").isNull()).isTrue();
    tables.said("e1", "1.1", "abc");

    JsonNode endpoint = api.get("/api/endpoints/e1").body();

    assertThat(endpoint.propertyNames())
        .containsExactly(
            "endpoint_id",
            "name",
            "hostname",
            "machine_id",
            "platform",
            "version",
            "labels",
            "status",
            "scheduler",
            "scheduler_alive",
            "applied_commit",
            "spool_depth",
            "enrolled_at",
            "last_seen_at");
    assertThat(endpoint.get("version").asString()).isEqualTo("1.1");
    assertThat(endpoint.get("labels").get("role").asString()).isEqualTo("db");
    assertThat(endpoint.get("scheduler_alive").asBoolean()).isTrue();
    assertThat(endpoint.get("applied_commit").asString()).isEqualTo("abc");
    assertThat(api.get("/api/endpoints").texts("endpoints", "version")).containsExactly("1.1");
    assertThat(endpoint.get("spool_depth").asLong()).isEqualTo(3);
    assertThat(api.get("/api/endpoints/e2").status()).isEqualTo(404);
  }

  @Test
  void findsPartsOfNamesAndHostnamesLiterally() {
    tables.endpoint("e1", "web-01", "alpha.example.org", "linux");
    tables.endpoint("e2", "db_01", "BETA.example.org", "darwin");
    tables.endpoint("e3", "db%01", "gamma", "linux");

    assertThat(ids("q", "WEB")).containsExactly("e1");
    assertThat(ids("q", "beta")).containsExactly("e2");
    assertThat(ids("q", "_")).containsExactly("e2");
    assertThat(ids("q", "%")).containsExactly("e3");
    assertThat(ids("q", "\\")).isEmpty();
    assertThat(ids("platform", "darwin")).containsExactly("e2");
    assertThat(ids("platform", "linux", "q", "db")).containsExactly("e3");
  }

  @Test
  void pagesByNameWithNamesThatAreOdd() {
    tables.endpoint("e1", "a\nb", "h", "linux");
    tables.endpoint("e2", "a\nb", "h", "linux");
    tables.endpoint("e3", "a+b %41", "h", "linux");
    tables.endpoint("e4", "ä", "h", "linux");

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = api.get("/api/endpoints", "limit", "1", "cursor", cursor);
      seen.addAll(page.texts("endpoints", "endpoint_id"));
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(seen).containsExactly("e1", "e2", "e3", "e4");
  }

  @Test
  void listsTheJobsOfAnEndpoint() {
    tables.endpoint("e1", "web-01", "h", "linux");
    tables.instance("e1", "j1", "default", "backup", "in_sync");
    tables.instance("e1", "j2", "default", "report", "paused");
    tables.instance("e2", "j3", "default", "elsewhere", "in_sync");

    Answer first = api.get("/api/endpoints/e1/jobs", "limit", "1");
    Answer second = api.get("/api/endpoints/e1/jobs", "limit", "1", "cursor", first.nextCursor());

    assertThat(first.texts("jobs", "name")).containsExactly("backup");
    assertThat(second.texts("jobs", "name")).containsExactly("report");
    assertThat(second.nextCursor()).isEmpty();
    JsonNode instance = first.body().get("jobs").get(0);
    assertThat(instance.get("endpoint_name").asString()).isEqualTo("web-01");
    assertThat(Instant.parse(instance.get("next_run_at").asString())).isAfter(Instant.now());
    assertThat(second.body().get("jobs").get(0).get("next_run_at").isNull()).isTrue();
    assertThat(api.get("/api/endpoints/e9/jobs").status()).isEqualTo(404);
  }

  @Test
  void anEndpointSeesItself() {
    tables.endpoint("e1", "web-01", "h", "linux");
    tables.endpoint("e2", "web-02", "h", "linux");
    Api own = Api.of(Platform.get().endpointToken(tenant, "e1"));

    assertThat(own.get("/api/endpoints/e1").status()).isEqualTo(200);
    assertThat(own.get("/api/endpoints/e1/jobs").status()).isEqualTo(200);
    assertThat(own.get("/api/endpoints/e2").status()).isEqualTo(404);
    assertThat(own.get("/api/endpoints/e2/jobs").status()).isEqualTo(404);
    assertThat(own.get("/api/endpoints").status()).isEqualTo(403);
  }

  private List<String> ids(String... parameters) {
    Answer answer = api.get("/api/endpoints", parameters);
    assertThat(answer.status()).isEqualTo(200);
    return answer.texts("endpoints", "endpoint_id");
  }
}
