package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.TestPlatform.Answer;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.identity.SecretToken;
import io.crontopus.run.events.RunStarted;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What operators are told of a platform, and the removal of a tenant, on a real database. */
@Order(2)
class OperatedPlatformIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String OPERATOR = SecretToken.issue(SecretToken.Kind.OPERATOR);
  private static final int BATCH_OF_CHECK_INS = 40;

  /** What is kept of a tenant that is gone; the guide says why. */
  private static final Set<String> KEPT =
      Set.of(
          "identity.tenant",
          "identity.tenant_purge",
          "audit.log",
          "audit.checkpoint",
          "read_model.usage_daily");

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static TestEndpoints endpoints;

  @BeforeAll
  static void start() throws Exception {
    platform =
        TestPlatform.startWithProjections(
            folder,
            Map.of(
                "crontopus.audit.key-file", folder.resolve("audit.key").toString(),
                "crontopus.audit.checkpoint-every", "100ms",
                "crontopus.audit.check-every", "500ms",
                "crontopus.tenants.grace", "500ms",
                "crontopus.tenants.purge-look", "100ms",
                "crontopus.tenants.purge-batch", "3",
                "crontopus.tenants.purge-pause", "5ms",
                "crontopus.usage.add-every", "100ms",
                "crontopus.usage.measure-every", "200ms"));
    endpoints = new TestEndpoints(platform);
    Files.writeString(folder.resolve("operators"), OPERATOR + "\n");
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  /** A tenant with something of everything, and how often its credentials were shown. */
  private record Tenant(String name, String user, TestEndpoints.Endpoint endpoint, int calls) {

    static Tenant make(String name) throws Exception {
      String user = platform.owner(name);
      TestEndpoints.Endpoint endpoint = endpoints.enroll(user);
      int calls = 2;
      for (int i = 0; i < 5; i++, calls++) {
        assertThat(
                platform
                    .post(
                        "/api/checkins",
                        endpoint.token(),
                        "{\"job_name\": \"single\", \"run_id\": \"s-%d\", \"exit_code\": 0}"
                            .formatted(i))
                    .status())
            .isEqualTo(201);
      }
      String items =
          IntStream.range(0, BATCH_OF_CHECK_INS)
              .mapToObj(
                  "{\"job_name\": \"many\", \"run_id\": \"m-%d\", \"exit_code\": 0}"::formatted)
              .collect(Collectors.joining(","));
      assertThat(
              platform
                  .post("/api/checkins/batch", user, "{\"checkins\": [" + items + ", {}]}")
                  .status())
          .isEqualTo(200);
      assertThat(
              platform
                  .post("/api/endpoints/" + endpoint.id() + "/heartbeat", endpoint.token(), "{}")
                  .status())
          .isEqualTo(200);
      assertThat(platform.get("/api/runs-of-nobody", user).status()).isEqualTo(404);
      try (TestStream stream = TestStream.open(platform.url(), endpoint)) {
        stream.send("{}\n{}\n");
        stream.awaitAck(2);
      }
      return new Tenant(name, user, endpoint, calls + 4);
    }
  }

  @Test
  void usageIsWhatWasSent() throws Exception {
    Tenant tenant = Tenant.make("measured");
    Answer key = platform.post("/api/ping-keys", tenant.user(), "{\"job_name\": \"pinged\"}");
    assertThat(platform.text("GET", "/ping/" + key.body().path("key").asString(), ""))
        .isEqualTo("200 OK\n");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode day = usage("?tenant=measured").path(0);
              assertThat(day.path("api_calls").asInt()).isEqualTo(tenant.calls() + 2);
              assertThat(day.path("check_ins").asInt()).isEqualTo(6 + BATCH_OF_CHECK_INS);
              assertThat(day.path("runs").asInt()).isEqualTo(6 + BATCH_OF_CHECK_INS);
              assertThat(day.path("heartbeats").asInt()).isEqualTo(3);
              assertThat(day.path("endpoints").asInt()).isEqualTo(1);
              assertThat(day.path("users").asInt()).isEqualTo(1);
              assertThat(day.path("log_bytes").asLong()).isEqualTo(logBytes("measured"));
              assertThat(day.path("git_bytes").asLong()).isPositive();
            });
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    assertThat(usage("?tenant=measured&to=" + today.minusDays(2)).isEmpty()).isTrue();
    assertThat(usage("?tenant=measured&from=" + today + "T00:00:00Z").size()).isEqualTo(1);
    assertThat(usage("?tenant=nobody").isEmpty()).isTrue();
    Answer first = platform.get("/api/admin/usage?limit=1", OPERATOR);
    assertThat(first.body().path("usage").size()).isEqualTo(1);
    assertThat(platform.get("/api/admin/usage?from=tomorrow", OPERATOR).status()).isEqualTo(400);
    assertThat(platform.get("/api/admin/usage?cursor=xx", OPERATOR).status()).isEqualTo(400);
    assertThat(platform.get("/api/admin/usage", tenant.user()).status()).isEqualTo(403);
  }

  @Test
  void healthTellsWhatThePlatformIsMadeOf() throws Exception {
    platform.owner("healthy");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode health = platform.get("/api/admin/health", OPERATOR).body();
              assertThat(health.path("status").asString())
                  .as("%s", health.path("problems"))
                  .isEqualTo("ok");
              assertThat(health.path("projections").size()).isEqualTo(5);
              // Idle, none seems behind for events that are none of its.
              for (JsonNode projection : health.path("projections")) {
                assertThat(projection.path("lag").asLong()).as("%s", projection).isZero();
              }
              assertThat(health.at("/audit/findings").asInt()).isZero();
              assertThat(health.at("/audit/checked_seconds_ago").isNumber()).isTrue();
              assertThat(health.at("/database/size_bytes").asLong()).isPositive();
              assertThat(health.at("/database/pool/most").asInt()).isPositive();
              assertThat(health.at("/disk/free_bytes").asLong()).isPositive();
              assertThat(health.path("nodes").size()).isEqualTo(1);
              assertThat(health.at("/nodes/0/self").asBoolean()).isTrue();
              assertThat(health.at("/tenants/active").asLong()).isPositive();
            });
    JsonNode one = platform.get("/api/admin/health", OPERATOR).body();
    assertThat(platform.get("/api/admin/health", null).status()).isEqualTo(401);
    assertThat(one.path("uptime_seconds").asLong()).isNotNegative();
  }

  @Test
  void measurementsAreForOperatorsAndForTheMachineItself() throws Exception {
    String owner = platform.owner("curious");

    assertThat(metrics("Accept", "*/*")).isEqualTo(200);
    assertThat(metrics("X-Forwarded-For", "203.0.113.7")).as("through a proxy").isEqualTo(401);
    assertThat(metrics("X-Forwarded-For", "203.0.113.7", "Authorization", "Bearer " + OPERATOR))
        .isEqualTo(200);
    assertThat(metrics("X-Forwarded-For", "203.0.113.7", "Authorization", "Bearer " + owner))
        .isEqualTo(403);
  }

  private static int metrics(String... headers) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(platform.url() + "/metrics"))
                  .headers(headers)
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void methodsThatClientsInventMakeNoSeriesOfTheirOwn() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      assertThat(platform.text("INVENTED" + i, "/nowhere", "")).startsWith("4");
    }

    assertThat(platform.bean(MeterRegistry.class).find("crontopus.http.requests").timers())
        .extracting(timer -> String.valueOf(timer.getId().getTag("method")))
        .contains("OTHER")
        .noneMatch(method -> method.startsWith("INVENTED"));
  }

  @Test
  void aTenantThatIsDeletedLeavesNothingAndNobodyElseMissesAnything() throws Exception {
    Tenant.make("doomed");
    Tenant.make("neighbour");
    settled("doomed");
    settled("neighbour");
    List<Long> neighbours = counts("neighbour");
    long neighbourEvents = events("neighbour");
    assertThat(events("doomed")).isGreaterThan(40);
    assertThat(folder.resolve("git/doomed")).isDirectory();

    assertThat(admin("doomed", "suspend", "{\"reason\": \"over\"}").status()).isEqualTo(200);
    assertThat(
            admin("doomed", "delete", "{\"reason\": \"over\", \"confirm\": \"doomed\"}").status())
        .isEqualTo(202);
    // In the middle of it every connection breaks, whatever transaction it is in.
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> show("doomed").at("/purge/events").asInt(0) > 5);
    endpoints.killConnections();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(show("doomed").path("status").asString()).isEqualTo("purged"));

    JsonNode purge = show("doomed").path("purge");
    assertThat(purge.path("phase").asString()).isEqualTo("done");
    assertThat(purge.path("events").asLong())
        .as("each event is removed once, and counted once")
        .isEqualTo(purge.path("events_before").asLong());
    assertThat(tablesWith("doomed")).isSubsetOf(KEPT);
    assertThat(events("doomed")).isZero();
    assertThat(folder.resolve("git/doomed")).doesNotExist();
    assertThat(counts("neighbour")).isEqualTo(neighbours);
    // Its agent may have been seen for the first time meanwhile, which is an event more.
    assertThat(events("neighbour")).isGreaterThanOrEqualTo(neighbourEvents);
    assertThat(
            number(
                "SELECT count(*) FROM audit.entry WHERE tenant_id = 'neighbour' AND seq < "
                    + neighbourEvents))
        .isEqualTo(neighbourEvents);

    // The platform tells of it, and what it signs goes on to be sound.
    assertThat(platform.events("platform.tenant-administered"))
        .filteredOn(event -> event.path("tenant").asString().equals("doomed"))
        .extracting(event -> event.path("action").asString())
        .containsExactly("suspend", "delete", "purge", "purged");
    assertThat(
            platform
                .post(
                    "/api/auth/register",
                    null,
                    """
                    {"username": "doomed", "email": "d@example.org", "password": "%s"}
                    """
                        .formatted(TestPlatform.PASSWORD))
                .status())
        .isEqualTo(409);
    assertThat(admin("doomed", "resume", "{\"reason\": \"sorry\"}").status()).isEqualTo(409);
    long signed = signed("neighbour");
    platform.owner("later");
    assertThat(platform.logIn("neighbour", TestPlatform.PASSWORD).status()).isEqualTo(200);
    long position = number("SELECT max(global_index) FROM event_store.domain_event");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(signed("neighbour")).isGreaterThan(signed);
              assertThat(number("SELECT position FROM audit.last_check"))
                  .isGreaterThanOrEqualTo(position);
            });
    assertThat(number("SELECT count(*) FROM audit.finding")).isZero();
  }

  @Test
  void whatAParkedEventSaysIsShownForAReasonThatIsTold() throws Exception {
    platform.owner("parked");
    appendPoison("parked");
    String letters = "/api/admin/projections/runs/dead-letters";
    await()
        .atMost(SOON)
        .until(() -> platform.get(letters, OPERATOR).body().path("dead_letters").size() == 1);
    JsonNode listed = platform.get(letters, OPERATOR).body().at("/dead_letters/0");
    assertThat(listed.propertyNames()).doesNotContain("payload", "metadata");
    String letter = letters + "/" + listed.path("id").asLong();

    Answer untold = platform.get(letter, OPERATOR);
    assertThat(untold.status()).isEqualTo(400);
    assertThat(untold.body().at("/errors/0/pointer").asString()).isEqualTo("reason");
    assertThat(reads()).isEmpty();

    Answer shown = platform.get(letter + "?reason=why%20it%20failed", OPERATOR);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body().path("payload").asString()).contains("\"runId\":\"poison\"");
    assertThat(reads())
        .singleElement()
        .satisfies(
            read -> {
              assertThat(read.path("projection").asString()).isEqualTo("runs");
              assertThat(read.path("position")).isEqualTo(listed.path("position"));
              assertThat(read.path("reason").asString()).isEqualTo("why it failed");
              assertThat(read.path("by").asString()).startsWith("operator:");
            });
    assertThat(platform.delete(letter + "?reason=a%20test", OPERATOR).status()).isEqualTo(204);
  }

  /** An event that no projection can take: PostgreSQL's texts have no NUL. */
  private static void appendPoison(String tenant) {
    Instant now = Instant.now();
    NewEvent poison =
        new NewEvent(
            NewEvent.newId(),
            "run:" + tenant + ":poison",
            0,
            "Run",
            new RunStarted(
                tenant,
                "poison",
                "default",
                "a\u0000b",
                null,
                null,
                null,
                "api",
                now,
                now,
                null,
                null,
                0),
            Map.of("tenantId", tenant, "actor", "system", "traceId", ""),
            now);
    EventStreams streams = platform.bean(EventStreams.class);
    streams.transactions().executeInTransaction(() -> streams.domainLog().append(List.of(poison)));
  }

  private static List<JsonNode> reads() {
    return platform.events("platform.projection-administered").stream()
        .filter(event -> event.path("action").asString().equals("read"))
        .toList();
  }

  /** Everybody who follows the log has come past what there is of the tenant. */
  private static void settled(String tenant) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(
                      number(
                          "SELECT count(*) FROM read_model.run WHERE tenant_id = '" + tenant + "'"))
                  .isEqualTo(5 + BATCH_OF_CHECK_INS);
              assertThat(events(tenant))
                  .isEqualTo(
                      number("SELECT size FROM audit.log WHERE tenant_id = '" + tenant + "'"))
                  .isEqualTo(signed(tenant));
            });
  }

  private static long events(String tenant) {
    return number(
        "SELECT count(*) FROM event_store.domain_event WHERE convert_from(metadata, 'UTF8')::jsonb"
            + " ->> 'tenantId' = '"
            + tenant
            + "'");
  }

  private static long signed(String tenant) {
    return number(
        "SELECT coalesce(max(size), 0) FROM audit.checkpoint WHERE tenant_id = '" + tenant + "'");
  }

  private static long logBytes(String tenant) {
    return number(
        "SELECT sum(200 + octet_length(d.payload) + octet_length(d.metadata)) FROM audit.entry e"
            + " JOIN event_store.domain_event d ON d.global_index = e.position WHERE e.tenant_id = '"
            + tenant
            + "'");
  }

  private static List<Long> counts(String tenant) {
    return List.of(
        number("SELECT count(*) FROM read_model.run WHERE tenant_id = '" + tenant + "'"),
        number("SELECT count(*) FROM read_model.endpoint WHERE tenant_id = '" + tenant + "'"),
        number("SELECT count(*) FROM identity.app_user WHERE tenant_id = '" + tenant + "'"));
  }

  /** All tables of the database, of whatever schema, that have something of the tenant. */
  private static Set<String> tablesWith(String tenant) {
    return platform
        .jdbc()
        .sql(
            """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attname = 'tenant_id' AND c.relkind = 'r' AND n.nspname NOT LIKE 'pg_%'
            """)
        .query(String.class)
        .list()
        .stream()
        .filter(
            table ->
                number("SELECT count(*) FROM " + table + " WHERE tenant_id = '" + tenant + "'") > 0)
        .collect(Collectors.toSet());
  }

  private static long number(String sql) {
    return platform.jdbc().sql(sql).query(Long.class).single();
  }

  private static JsonNode usage(String query) throws Exception {
    return platform.get("/api/admin/usage" + query, OPERATOR).body().path("usage");
  }

  private static JsonNode show(String tenant) throws Exception {
    return platform.get("/api/admin/tenants/" + tenant, OPERATOR).body();
  }

  private static Answer admin(String tenant, String action, String body) throws Exception {
    return platform.post("/api/admin/tenants/" + tenant + "/" + action, OPERATOR, body);
  }
}
