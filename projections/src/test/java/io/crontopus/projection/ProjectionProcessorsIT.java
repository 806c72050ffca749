package io.crontopus.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunStarted;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Projections against a real database: once each, past poisoned events, and again from the
 * beginning.
 */
class ProjectionProcessorsIT {

  private static EmbeddedPostgres postgres;
  private static HikariDataSource dataSource;
  private static JdbcClient jdbc;

  private EventStreams streams;
  private ProjectionProcessors processors;

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    config.setMaximumPoolSize(20);
    dataSource = new HikariDataSource(config);
    SchemaMigration.migrate(dataSource, "event_store");
    SchemaMigration.migrate(dataSource, "read_model");
    jdbc = JdbcClient.create(dataSource);
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    dataSource.close();
    postgres.close();
  }

  @BeforeEach
  void open() {
    jdbc.sql(
            """
            TRUNCATE event_store.domain_event, event_store.telemetry_event, read_model.run, read_model.token_entry,
                     read_model.job_last_run, read_model.dead_letter, read_model.endpoint_heartbeat
            """)
        .update();
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    streams = new EventStreams(dataSource, transactions);
    processors = ProjectionsConfiguration.processors(streams, dataSource, transactions);
  }

  @AfterEach
  void close() {
    processors.close();
    streams.close();
  }

  @Test
  void eventsBecomeRowsInOrderAndOnce() {
    for (int i = 0; i < 300; i++) {
      append("run-" + i, 0, started("run-" + i, "job"));
    }
    processors.start();
    for (int i = 0; i < 300; i++) {
      append("run-" + i, 1, finished("run-" + i, "success"));
    }
    await().untilAsserted(() -> assertThat(count("run", "status = 'success'")).isEqualTo(300));
    assertThat(count("job_last_run", "status = 'success'")).isOne();
  }

  @Test
  void anEventThatCannotBeHandledParksItsSequenceOnly() {
    processors.start();
    append("good", 0, started("good", "job"));
    append("bad", 0, started("bad", "job\u0000with-a-character-that-postgresql-refuses"));
    append("bad", 1, finished("bad", "failure"));
    append("good", 1, finished("good", "success"));

    await().untilAsserted(() -> assertThat(count("run", "status = 'success'")).isOne());
    await().untilAsserted(() -> assertThat(count("dead_letter", "true")).isEqualTo(2));
    assertThat(count("run", "run_id = 'bad'")).isZero();
    assertThat(processors.parked("runs")).isEqualTo(2);
  }

  @Test
  void aRebuildGivesTheSameRows() {
    processors.start();
    for (int i = 0; i < 50; i++) {
      append("run-" + i, 0, started("run-" + i, "job"));
      append("run-" + i, 1, finished("run-" + i, i % 2 == 0 ? "success" : "failure"));
    }
    await().untilAsserted(() -> assertThat(count("run", "status <> 'running'")).isEqualTo(50));
    List<@Nullable String> before = runs();
    jdbc.sql("UPDATE read_model.run SET status = 'damaged'").update();

    processors.rebuild("runs");

    await().untilAsserted(() -> assertThat(runs()).isEqualTo(before));
  }

  @Test
  void aRebuildThatIsInterruptedGoesOnAfterARestart() {
    processors.start();
    for (int i = 0; i < 50; i++) {
      append("run-" + i, 0, started("run-" + i, "job"));
    }
    await().untilAsserted(() -> assertThat(count("run", "true")).isEqualTo(50));
    processors.rebuild("runs");
    processors.close();
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    processors = ProjectionsConfiguration.processors(streams, dataSource, transactions);
    processors.start();

    append("later", 0, started("later", "job"));

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(count("run", "true")).isEqualTo(51));
  }

  @Test
  void theLatestHeartbeatOfEachEndpointIsKept() {
    processors.start();
    Instant now = Instant.parse("2026-05-01T10:00:00Z");
    streams
        .telemetry()
        .publish(
            GenericEventMessage.asEventMessage(
                new HeartbeatsObserved(
                    3,
                    List.of(
                        heartbeat("a", now),
                        heartbeat("b", now),
                        heartbeat("a", now.plusSeconds(30))))));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.sql(
                                """
                                SELECT endpoint_id || ' ' || (last_seen_at AT TIME ZONE 'UTC')::text
                                FROM read_model.endpoint_heartbeat ORDER BY 1
                                """)
                            .query(String.class)
                            .list())
                    .containsExactly("a 2026-05-01 10:00:30", "b 2026-05-01 10:00:00"));
  }

  private static Heartbeat heartbeat(String endpoint, Instant at) {
    return new Heartbeat("acme", endpoint, at, at, "1", "cron", true, null, 0L);
  }

  private void append(String stream, long sequence, Object event) {
    streams
        .domain()
        .publish(new GenericDomainEventMessage<>("Run", "run:acme:" + stream, sequence, event));
  }

  private static long count(String table, String condition) {
    return jdbc.sql("SELECT count(*) FROM read_model." + table + " WHERE " + condition)
        .query(Long.class)
        .single();
  }

  private static List<@Nullable String> runs() {
    return jdbc.sql("SELECT r::text FROM read_model.run r ORDER BY run_id")
        .query(String.class)
        .list();
  }

  private static RunStarted started(String run, String job) {
    Instant at = Instant.parse("2026-05-01T10:00:00Z");
    return new RunStarted(
        "acme", run, "default", job, null, null, null, "api", at, at, null, null, 0);
  }

  private static RunFinished finished(String run, String status) {
    Instant at = Instant.parse("2026-05-01T10:00:05Z");
    @Nullable Integer exitCode = status.equals("success") ? 0 : 1;
    return new RunFinished(
        "acme", run, "default", "job", null, null, null, "api", status, exitCode, null, at, 5_000L,
        "output", false, null, at);
  }
}
