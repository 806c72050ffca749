package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.endpoint.events.HeartbeatsCollected;
import io.crontopus.eventstore.EventBatch;
import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.standalone.harness.ApiClient;
import io.crontopus.standalone.harness.HeartbeatStream;
import io.crontopus.standalone.harness.PlatformProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/**
 * A heartbeat that was acknowledged is in the log, itself or one that its endpoint sent after it,
 * and none is there twice, whenever the platform and its database are killed.
 */
@Order(5)
class KillHeartbeatsIT {

  private static final int ENDPOINTS = 20;
  private static final int TOGETHER = 3;
  private static final int KILLS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicLong acknowledged = new AtomicLong();

  /** How many connections each endpoint has opened. */
  private final Map<String, Integer> opened = new ConcurrentHashMap<>();

  /**
   * What one connection did: heartbeats are numbered in {@code spool_depth}, on and on over an
   * endpoint's connections.
   */
  private record Connection(String endpointId, long acked, long sent) {}

  @Test
  void everyAcknowledgedHeartbeatIsStoredOnce() throws Exception {
    long seed = System.nanoTime();
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Connection>>> work = new ArrayList<>();
      for (JsonNode endpoint : enroll(platform)) {
        work.add(
            threads.submit(
                () ->
                    beat(
                        platform,
                        endpoint.path("endpoint_id").asString(),
                        endpoint.path("token").asString())));
      }
      killAtRandomMoments(platform, new SplittableRandom(seed));
      awaitMore(ENDPOINTS * TOGETHER);
      awaitAll(KILLS + 1);
      enough.set(true);
      Map<String, List<Long>> stored = null;
      for (Future<List<Connection>> endpoint : work) {
        List<Connection> connections = endpoint.get();
        stored = stored == null ? stored(platform) : stored;
        assertThat(connections).as("seed %d", seed).hasSizeGreaterThan(KILLS);
        List<Long> numbers = stored.getOrDefault(connections.getFirst().endpointId(), List.of());
        assertThat(numbers).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
        for (Connection connection : connections) {
          assertThat(connection.acked() == 0 || holds(numbers, connection))
              .as("seed %d: %s in %s", seed, connection, numbers)
              .isTrue();
        }
      }
    }
  }

  private static boolean holds(List<Long> numbers, Connection connection) {
    return numbers.stream()
        .anyMatch(number -> number >= connection.acked() && number <= connection.sent());
  }

  /** The database's server goes down with the platform every other time. */
  private void killAtRandomMoments(PlatformProcess platform, SplittableRandom random) {
    for (int kill = 0; kill < KILLS; kill++) {
      awaitMore(random.nextInt(ENDPOINTS, ENDPOINTS * TOGETHER * 3));
      awaitAll(kill + 1);
      if (kill % 2 == 1) {
        platform.killDatabase();
      }
      platform.kill();
      platform.start();
    }
  }

  /** Waits until each endpoint has had so many connections: none sleeps through a kill. */
  private void awaitAll(int connections) {
    await("all are back")
        .atMost(PATIENCE)
        .until(
            () ->
                opened.size() == ENDPOINTS
                    && opened.values().stream().allMatch(count -> count >= connections));
  }

  private void awaitMore(int heartbeats) {
    long goal = acknowledged.get() + heartbeats;
    await(heartbeats + " more")
        .pollInterval(Duration.ofMillis(1))
        .pollDelay(Duration.ZERO)
        .atMost(PATIENCE)
        .until(() -> acknowledged.get() >= goal);
  }

  /** Sends heartbeats over one connection after the other; each ends when the platform does. */
  private List<Connection> beat(PlatformProcess platform, String id, String token)
      throws InterruptedException {
    List<Connection> connections = new ArrayList<>();
    long sent = 0;
    while (!enough.get()) {
      long acked = 0;
      boolean open = false;
      try (HeartbeatStream stream = HeartbeatStream.open(platform.url(), id, token)) {
        open = true;
        opened.merge(id, 1, Integer::sum);
        for (int lines = TOGETHER; !enough.get(); lines += TOGETHER) {
          for (int i = 0; i < TOGETHER; i++) {
            stream.send("{\"spool_depth\": " + ++sent + "}");
          }
          stream.awaitAck(lines);
          acked = sent;
          acknowledged.addAndGet(TOGETHER);
        }
      } catch (IOException e) {
        Thread.sleep(50);
      }
      if (open) {
        connections.add(new Connection(id, acked, sent));
      }
    }
    return connections;
  }

  private static List<JsonNode> enroll(PlatformProcess platform) {
    ApiClient.Answer made =
        platform
            .api()
            .post("/api/enrollment-tokens", Map.of("name", "fleet", "max_uses", ENDPOINTS));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    ApiClient installer = platform.api().as(made.json().path("token").asString());
    List<JsonNode> endpoints = new ArrayList<>();
    for (int i = 0; i < ENDPOINTS; i++) {
      ApiClient.Answer enrolled =
          installer.post(
              "/api/endpoints/enroll",
              Map.of("hostname", "h" + i, "machine_id", "machine-" + i, "platform", "linux"));
      assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
      endpoints.add(enrolled.json());
    }
    return endpoints;
  }

  /** The numbers of each endpoint's heartbeats, in the order of the log. */
  private static Map<String, List<Long>> stored(PlatformProcess platform) throws Exception {
    Map<String, List<Long>> numbers = new HashMap<>();
    SingleConnectionDataSource database = new SingleConnectionDataSource(platform.database(), true);
    try (EventStreams streams =
        new EventStreams(database, new DataSourceTransactionManager(database))) {
      EventLog log = streams.telemetryLog();
      long position = 0;
      for (EventBatch batch = log.read(position, Set.of(), 1_000);
          batch.upTo() > position;
          batch = log.read(position, Set.of(), 1_000)) {
        for (StoredEvent event : batch.events()) {
          if (event.event() instanceof HeartbeatsCollected collected) {
            collected.forEach(
                heartbeat ->
                    numbers
                        .computeIfAbsent(heartbeat.endpointId(), _ -> new ArrayList<>())
                        .add(heartbeat.spoolDepth()));
          }
        }
        position = batch.upTo();
      }
    } finally {
      database.destroy();
    }
    return numbers;
  }
}
