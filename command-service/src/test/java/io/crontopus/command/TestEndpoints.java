package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.endpoint.events.HeartbeatsCollected;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.eventstore.EventBatch;
import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.SecretToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Endpoints of a test, and what the log has of their heartbeats. */
final class TestEndpoints {

  private final TestPlatform platform;

  record Endpoint(String tenantId, String id, String token) {}

  TestEndpoints(TestPlatform platform) {
    this.platform = platform;
  }

  /** An endpoint that has a token and no history. */
  Endpoint add(String tenantId) {
    return add(tenantId, 1).getFirst();
  }

  List<Endpoint> add(String tenantId, int count) {
    List<Endpoint> added = new ArrayList<>();
    platform
        .jdbc()
        .sql(
            "INSERT INTO identity.tenant (tenant_id, created_at) VALUES (?, now()) ON CONFLICT DO NOTHING")
        .param(tenantId)
        .update();
    for (int i = 0; i < count; i++) {
      String token = SecretToken.issue(SecretToken.Kind.ENDPOINT);
      String id = UUID.randomUUID().toString();
      platform
          .bean(EndpointTokenStore.class)
          .replace(new EndpointTokenStore.Owner(tenantId, id), token, Instant.now());
      added.add(new Endpoint(tenantId, id, token));
    }
    return added;
  }

  /** An endpoint as the API makes it. */
  Endpoint enroll(String owner) throws Exception {
    String enrollment =
        created("/api/enrollment-tokens", owner, "{\"name\": \"e\", \"max_uses\": 1}")
            .path("token")
            .asString();
    JsonNode answer =
        created(
            "/api/endpoints/enroll",
            enrollment,
            "{\"hostname\": \"h\", \"machine_id\": \"%s\", \"platform\": \"linux\"}"
                .formatted(UUID.randomUUID()));
    return new Endpoint(
        answer.path("tenant_id").asString(),
        answer.path("endpoint_id").asString(),
        answer.path("token").asString());
  }

  private JsonNode created(String path, String token, String body) throws Exception {
    TestPlatform.Answer answer = platform.post(path, token, body);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body();
  }

  void removeToken(Endpoint endpoint) {
    platform
        .bean(EndpointTokenStore.class)
        .revoke(new EndpointTokenStore.Owner(endpoint.tenantId(), endpoint.id()));
  }

  /**
   * Ends every connection that the platform has to the database. Idle ones leave the pool, or
   * whoever asks next would find them broken, the test itself too. One that was being opened is not
   * in the pool yet: see {@link #untilConnectionsAreTested}.
   */
  void killConnections() {
    platform
        .jdbc()
        .sql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'crontopus'
            """)
        .query(Boolean.class)
        .list();
    platform.bean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
  }

  /** After this, no connection that {@link #killConnections} broke is given to anybody. */
  void untilConnectionsAreTested() throws InterruptedException {
    // The pool trusts a connection that was opened or used within the last half second.
    Thread.sleep(600);
  }

  /** What the log has of an endpoint, in order. */
  List<Heartbeat> stored(Endpoint endpoint) {
    return all(endpoint.tenantId()).stream()
        .filter(heartbeat -> heartbeat.endpointId().equals(endpoint.id()))
        .toList();
  }

  List<Heartbeat> all(String tenantId) {
    EventLog log = platform.bean(EventStreams.class).telemetryLog();
    List<Heartbeat> found = new ArrayList<>();
    long position = 0;
    EventBatch batch = log.read(position, Set.of(), 1_000);
    while (batch.upTo() > position) {
      for (StoredEvent stored : batch.events()) {
        if (stored.event() instanceof HeartbeatsCollected collected) {
          collected.forEach(
              heartbeat -> {
                if (heartbeat.tenantId().equals(tenantId)) {
                  found.add(heartbeat);
                }
              });
        }
      }
      position = batch.upTo();
      batch = log.read(position, Set.of(), 1_000);
    }
    return found;
  }
}
