package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.endpoint.heartbeat.HeartbeatStreams;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Heartbeat streams over HTTP, on a real database. */
class HeartbeatStreamIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static TestEndpoints endpoints;

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.start(folder);
    endpoints = new TestEndpoints(platform);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void linesAreAcknowledgedOnceTheyAreInTheLog() throws Exception {
    TestEndpoints.Endpoint endpoint = endpoints.add("acme");
    try (TestStream stream = TestStream.open(platform.url(), endpoint)) {
      assertThat(stream.next().path("acked").asInt()).isZero();
      stream.send("{\"sent_at\": \"2026-05-01T12:00:00.000Z\", \"version\": \"1.2\"}\n");
      JsonNode ack = stream.awaitAck(1);
      assertThat(ack.path("next_in_seconds").asInt()).isEqualTo(30);
      assertThat(Instant.parse(ack.path("received_at").asString()))
          .isCloseTo(Instant.now(), within30Seconds());
      assertThat(endpoints.stored(endpoint)).hasSize(1);
      assertThat(endpoints.stored(endpoint).getFirst().version()).isEqualTo("1.2");
      stream.send("{}\n{}\n\n{\"version\": \"1.3\"}\n");
      stream.awaitAck(4);
      assertThat(endpoints.stored(endpoint).getLast().version()).isEqualTo("1.3");
      stream.finish();
      assertThat(stream.end()).isTrue();
    }
  }

  @Test
  void aBadLineIsToldAndCostsNothingElse() throws Exception {
    TestEndpoints.Endpoint endpoint = endpoints.add("acme");
    try (TestStream stream = TestStream.open(platform.url(), endpoint)) {
      stream.next();
      stream.send("nonsense\n{\"spool_depth\": \"many\"}\n" + "x".repeat(40_000) + "\n{}\n");
      List<JsonNode> answers = new ArrayList<>();
      while (answers.isEmpty() || answers.getLast().path("acked").asInt() < 4) {
        answers.add(stream.next());
      }
      assertThat(answers.stream().filter(a -> a.has("error")).map(a -> a.path("line").asInt()))
          .containsExactly(1, 2, 3);
      assertThat(answers.get(1).at("/error/pointer").asString()).isEqualTo("/spool_depth");
      assertThat(answers.get(2).at("/error/code").asString()).isEqualTo("line-too-long");
      assertThat(endpoints.stored(endpoint)).hasSize(1);
    }
  }

  @Test
  void aRevokedEndpointsStreamEnds() throws Exception {
    String owner = platform.owner("revoker");
    TestEndpoints.Endpoint endpoint = endpoints.enroll(owner);
    try (TestStream stream = TestStream.open(platform.url(), endpoint)) {
      stream.next();
      long begun = System.nanoTime();
      assertThat(platform.delete("/api/endpoints/" + endpoint.id(), owner).status()).isEqualTo(204);
      assertThat(stream.next().path("ended").asString()).isEqualTo("revoked");
      assertThat(stream.end()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void aTokenThatIsTakenAwayInTheDatabaseEndsTheStreamToo() throws Exception {
    TestEndpoints.Endpoint endpoint = endpoints.add("acme");
    try (TestStream stream = TestStream.open(platform.url(), endpoint)) {
      stream.next();
      endpoints.removeToken(endpoint);
      assertThat(stream.next().path("ended").asString()).isEqualTo("revoked");
    }
  }

  @Test
  void aSecondStreamEndsTheFirst() throws Exception {
    TestEndpoints.Endpoint endpoint = endpoints.add("acme");
    try (TestStream first = TestStream.open(platform.url(), endpoint)) {
      first.next();
      try (TestStream second = TestStream.open(platform.url(), endpoint)) {
        assertThat(first.next().path("ended").asString()).isEqualTo("replaced");
        second.send("{}\n");
        second.awaitAck(1);
      }
    }
  }

  @Test
  void nobodyElsesStreamCanBeOpened() throws Exception {
    TestEndpoints.Endpoint one = endpoints.add("acme");
    TestEndpoints.Endpoint other = endpoints.add("other");
    assertThat(
            platform.post("/api/endpoints/" + other.id() + "/heartbeats", one.token(), "").status())
        .isEqualTo(404);
    assertThat(platform.post("/api/endpoints/" + one.id() + "/heartbeats", null, "").status())
        .isEqualTo(401);
  }

  @Test
  void whoSendsMoreThanIsStoredOrReadsNoAnswersHoldsUpNobody() throws Exception {
    TestEndpoints.Endpoint greedy = endpoints.add("acme");
    TestEndpoints.Endpoint calm = endpoints.add("acme");
    String flood = "{\"version\": \"1\"}\nbad\n".repeat(20_000);
    try (TestStream stream = TestStream.open(platform.url(), greedy)) {
      Thread sender = Thread.ofVirtual().start(() -> stream.sendQuietly(flood));
      try (TestStream other = TestStream.open(platform.url(), calm)) {
        other.next();
        for (int i = 1; i <= 5; i++) {
          other.send("{}\n");
          other.awaitAck(i);
        }
      }
      int errors = 0;
      JsonNode answer = stream.next();
      while (answer.path("acked").asInt(0) < 40_000) {
        errors += answer.has("error") ? 1 : 0;
        answer = stream.next();
      }
      assertThat(errors).isEqualTo(20_000);
      sender.join();
    }
  }

  @Test
  void whatIsAcknowledgedSurvivesTheLossOfConnectionsToTheDatabase() throws Exception {
    List<TestStream> streams = new ArrayList<>();
    List<TestEndpoints.Endpoint> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(endpoints.add("acme"));
      streams.add(TestStream.open(platform.url(), all.getLast()));
      streams.getLast().next();
    }
    for (int round = 1; round <= 5; round++) {
      for (TestStream stream : streams) {
        stream.send("{\"spool_depth\": " + round + "}\n");
      }
      endpoints.killConnections();
      for (int i = 0; i < streams.size(); i++) {
        streams.get(i).awaitAck(round);
        assertThat(endpoints.stored(all.get(i)).getLast().spoolDepth()).isEqualTo(round);
      }
    }
    for (TestStream stream : streams) {
      stream.close();
    }
    endpoints.untilConnectionsAreTested();
  }

  @Test
  void aThousandStreamsAtOnce() throws Exception {
    List<TestStream> streams = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    try {
      for (TestEndpoints.Endpoint endpoint : endpoints.add("many", 1_200)) {
        ids.add(endpoint.id());
        streams.add(TestStream.open(platform.url(), endpoint));
      }
      for (TestStream stream : streams) {
        stream.send("{\"version\": \"1\"}\n");
      }
      for (TestStream stream : streams) {
        stream.awaitAck(1);
      }
      assertThat(platform.bean(HeartbeatStreams.class).size()).isGreaterThanOrEqualTo(1_200);
      Set<String> stored = new HashSet<>();
      endpoints.all("many").forEach(heartbeat -> stored.add(heartbeat.endpointId()));
      assertThat(stored).isEqualTo(ids);
    } finally {
      streams.forEach(TestStream::close);
    }
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(platform.bean(HeartbeatStreams.class).size()).isLessThan(1_200));
  }

  @Test
  void theSingleHeartbeatIsAcknowledgedOnceItIsInTheLog() throws Exception {
    TestEndpoints.Endpoint endpoint = endpoints.add("acme");
    TestPlatform.Answer answer =
        platform.post(
            "/api/endpoints/" + endpoint.id() + "/heartbeat",
            endpoint.token(),
            "{\"sent_at\": \"2026-05-01T12:00:00.000Z\", \"spool_depth\": 3}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(endpoints.stored(endpoint).getFirst().spoolDepth()).isEqualTo(3L);
  }

  private static TemporalUnitOffset within30Seconds() {
    return within(30, ChronoUnit.SECONDS);
  }
}
