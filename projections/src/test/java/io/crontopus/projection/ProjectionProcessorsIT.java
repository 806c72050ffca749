package io.crontopus.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.endpoint.events.FleetCameBack;
import io.crontopus.endpoint.events.FleetWentQuiet;
import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.projection.processing.ProjectionAdmin;
import io.crontopus.projection.processing.ProjectionAdmin.DeadLetter;
import io.crontopus.projection.processing.ProjectionAdmin.Retried;
import io.crontopus.projection.processing.ProjectionProcessors;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunStarted;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    config.setSchema("read_model");
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
            TRUNCATE event_store.domain_event, event_store.telemetry_event, read_model.run, read_model.job_last_run,
                     read_model.run_hourly, read_model.run_daily, read_model.dead_letter, read_model.ui_change,
                     read_model.endpoint_heartbeat, read_model.projection_progress, read_model.projection_rebuild
            """)
        .update();
    streams = new EventStreams(dataSource, new JdbcTransactionManager(dataSource));
    processors = node();
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
    assertThat(admin().find("runs").orElseThrow().parked()).isEqualTo(2);

    append("bad", 2, finished("bad", "failure"));
    append("good-too", 0, started("good-too", "job"));
    await().untilAsserted(() -> assertThat(count("run", "run_id = 'good-too'")).isOne());
    await().untilAsserted(() -> assertThat(count("dead_letter", "cause IS NULL")).isEqualTo(2));
    assertThat(count("run", "run_id = 'bad'")).isZero();
  }

  @Test
  void whatIsToldOfABatchIsWrittenAsItsLastThing() {
    for (int i = 0; i < 10; i++) {
      append("early-" + i, 0, started("early-" + i, "job"));
    }
    append("bad", 0, started("bad", "job\u0000with-a-character-that-postgresql-refuses"));
    for (int i = 0; i < 10; i++) {
      append("late-" + i, 0, started("late-" + i, "job"));
    }
    processors.start();

    await().untilAsserted(() -> assertThat(count("run", "true")).isEqualTo(20));
    assertThat(count("dead_letter", "true")).isOne();
    assertThat(count("ui_change", "topic = 'runs'")).isEqualTo(20);
    assertThat(count("ui_change", "changed_at < (SELECT parked_at FROM read_model.dead_letter)"))
        .isZero();
  }

  @Test
  void aFleetThatGoesQuietOrComesBackIsToldToThoseWhoWatchItsEndpoints() {
    processors.start();
    Instant now = Instant.parse("2026-05-01T10:00:00Z");
    for (Object event :
        List.of(
            new FleetWentQuiet("acme", 3, now, now),
            new FleetCameBack("acme", now.plusSeconds(5)))) {
      streams
          .transactions()
          .executeInTransaction(
              () -> streams.domainLog().append(List.of(NewEvent.alone(event, Map.of(), now))));
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          count(
                              "ui_change",
                              "tenant_id = 'acme' AND topic = 'endpoints' AND key = '*'"))
                      .isOne());
      jdbc.sql("DELETE FROM read_model.ui_change").update();
    }
  }

  @Test
  void whatWasParkedIsTakenLaterInOrder() {
    processors.start();
    jdbc.sql("ALTER TABLE read_model.run ADD CONSTRAINT no_bad_jobs CHECK (job_name <> 'bad')")
        .update();
    append("r", 0, started("r", "bad"));
    append("r", 1, finished("r", "success"));
    await().untilAsserted(() -> assertThat(count("dead_letter", "true")).isEqualTo(2));
    DeadLetter first = admin().deadLetters("runs", 0, 10).getFirst();
    assertThat(first.cause()).contains("no_bad_jobs");
    assertThat(admin().event("runs", first).orElseThrow().event()).isEqualTo(started("r", "bad"));

    assertThat(admin().retry("runs", first.id()).orElseThrow().left()).isEqualTo(2);
    jdbc.sql("ALTER TABLE read_model.run DROP CONSTRAINT no_bad_jobs").update();
    assertThat(admin().retry("runs", first.id())).contains(new Retried(2, 0, null));

    assertThat(count("run", "status = 'success'")).isOne();
    assertThat(admin().find("runs").orElseThrow().parked()).isZero();
  }

  @Test
  void aDroppedLetterIsGone() {
    processors.start();
    append("bad", 0, started("bad", "job\u0000with-a-character-that-postgresql-refuses"));
    await().untilAsserted(() -> assertThat(count("dead_letter", "true")).isOne());
    DeadLetter letter = admin().deadLetters("runs", 0, 10).getFirst();

    assertThat(admin().drop("runs", letter.id())).isTrue();
    assertThat(admin().drop("runs", letter.id())).isFalse();
    assertThat(admin().find("runs").orElseThrow().parked()).isZero();
  }

  @Test
  void countsFollowTheRuns() {
    processors.start();
    for (int i = 0; i < 40; i++) {
      append("run-" + i, 0, started("run-" + i, "job"));
    }
    await().untilAsserted(() -> assertThat(counted("running")).isEqualTo(40));
    for (int i = 0; i < 30; i++) {
      append("run-" + i, 1, finished("run-" + i, i < 10 ? "failure" : "success"));
    }
    await().untilAsserted(() -> assertThat(counted("success")).isEqualTo(20));
    assertThat(counted("running")).isEqualTo(10);
    assertThat(counted("failure")).isEqualTo(10);
    assertThat(
            jdbc.sql(
                    "SELECT sum(duration_millis_total) FROM read_model.run_hourly WHERE endpoint_id = ''")
                .query(Long.class)
                .single())
        .isEqualTo(30 * 5_000L);
  }

  @Test
  void aRebuildUnderLoadGivesTheSameRowsWhileTheOldOnesServe() throws InterruptedException {
    processors.start();
    for (int i = 0; i < 50; i++) {
      append("run-" + i, 0, started("run-" + i, "job"));
      append("run-" + i, 1, finished("run-" + i, i % 2 == 0 ? "success" : "failure"));
    }
    await().untilAsserted(() -> assertThat(count("run", "status <> 'running'")).isEqualTo(50));
    List<@Nullable String> before = runs();
    jdbc.sql("UPDATE read_model.run SET status = 'damaged'").update();
    long changes = count("ui_change", "true");

    Thread load =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    append("more-" + i, 0, started("more-" + i, "job"));
                  }
                });
    assertThat(admin().rebuild("runs", "user:1")).isTrue();
    assertThat(admin().rebuild("runs", "user:1")).isFalse();

    await().untilAsserted(() -> assertThat(admin().find("runs").orElseThrow().rebuild()).isNull());
    load.join();
    await().untilAsserted(() -> assertThat(count("run", "true")).isEqualTo(150));
    assertThat(runs()).containsAll(before);
    assertThat(counted("running")).isEqualTo(100);
    assertThat(count("ui_change", "true")).as("a rebuild tells nobody").isLessThan(changes + 210);
    assertThat(indexes("read_model")).contains("run_newest");
    assertThat(indexes("read_model_next")).isEmpty();
    assertThat(
            jdbc.sql("SELECT relrowsecurity FROM pg_class WHERE oid = 'read_model.run'::regclass")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void aRebuildThatIsGivenUpLeavesNothing() {
    for (int i = 0; i < 20; i++) {
      append("run-" + i, 0, started("run-" + i, "job"));
    }
    assertThat(admin().rebuild("runs", "user:1")).isTrue();
    assertThat(indexes("read_model_next")).isNotEmpty();

    assertThat(admin().abort("runs")).isTrue();
    assertThat(admin().abort("runs")).isFalse();
    assertThat(indexes("read_model_next")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"filling, SHARE", "indexing, ROW EXCLUSIVE"})
  void aRebuildIsGivenUpInTheMiddleOfAStep(String phase, String lockInItsWay) throws Exception {
    for (int i = 0; i < 20; i++) {
      append("run-" + i, 0, started("run-" + i, "job"));
    }
    assertThat(admin().rebuild("runs", "user:1")).isTrue();
    CompletableFuture<Boolean> abort;
    try (Connection other = dataSource.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE read_model_next.run IN " + lockInItsWay + " MODE");
      processors.start();
      await().untilAsserted(() -> assertThat(stepsThatWait()).isOne());
      assertThat(admin().find("runs").orElseThrow().rebuild())
          .satisfies(rebuild -> assertThat(rebuild).isNotNull())
          .satisfies(rebuild -> assertThat(rebuild.phase()).isEqualTo(phase))
          .satisfies(rebuild -> assertThat(rebuild.progress()).isLessThan(0.95));

      abort = CompletableFuture.supplyAsync(() -> admin().abort("runs"));

      await().untilAsserted(() -> assertThat(stepsThatWait()).isZero());
      other.rollback();
    }
    assertThat(abort.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(indexes("read_model_next")).isEmpty();
    assertThat(admin().find("runs").orElseThrow().rebuild()).isNull();
    assertThat(admin().find("runs").orElseThrow().lastRebuild())
        .satisfies(last -> assertThat(last).isNotNull())
        .satisfies(last -> assertThat(last.outcome()).isEqualTo("aborted"));
  }

  /** Who gives the rebuild up waits for the exclusive lock, to drop the table. */
  private static long stepsThatWait() {
    return jdbc.sql(
            """
            SELECT count(*) FROM pg_locks
            WHERE relation = to_regclass('read_model_next.run') AND NOT granted AND mode <> 'AccessExclusiveLock'
            """)
        .query(Long.class)
        .single();
  }

  @Test
  void aRebuildThatTakesOverGoesAsFarAsAnotherNodeHasCome() throws Exception {
    jdbc.sql("CREATE TABLE read_model.step_back (name text)").update();
    jdbc.sql(
            """
            CREATE FUNCTION read_model.note_step_back() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              INSERT INTO read_model.step_back VALUES (NEW.name);
              RETURN NEW;
            END
            $$
            """)
        .update();
    jdbc.sql(
            """
            CREATE TRIGGER step_back BEFORE UPDATE ON read_model.projection_progress FOR EACH ROW
            WHEN (NEW.position < OLD.position) EXECUTE FUNCTION read_model.note_step_back()
            """)
        .update();
    append("run-0", 0, started("run-0", "job"));
    processors.start();
    await().untilAsserted(() -> assertThat(count("run", "true")).isOne());
    try (EventStreams elsewhere =
            new EventStreams(dataSource, new JdbcTransactionManager(dataSource));
        Connection other = dataSource.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "SELECT 1 FROM read_model.projection_progress WHERE name = 'runs' FOR UPDATE");
      assertThat(admin().rebuild("runs", "user:1")).isTrue();
      await().untilAsserted(() -> assertThat(takeOversThatWait()).isOne());

      // Committed at once: this node looks for what others append ten times a second.
      elsewhere
          .domain()
          .publish(
              new GenericDomainEventMessage<>("Run", "run:acme:run-1", 0, started("run-1", "job")));
      statement.execute(
          """
          UPDATE read_model.projection_progress
          SET position = (SELECT max(global_index) FROM event_store.domain_event) WHERE name = 'runs'
          """);
      other.commit();
      other.setAutoCommit(true);

      await()
          .untilAsserted(() -> assertThat(admin().find("runs").orElseThrow().rebuild()).isNull());
      assertThat(count("run", "true")).isEqualTo(2);
      assertThat(count("step_back", "true")).isZero();
    } finally {
      jdbc.sql("DROP TRIGGER step_back ON read_model.projection_progress").update();
      jdbc.sql("DROP FUNCTION read_model.note_step_back()").update();
      jdbc.sql("DROP TABLE read_model.step_back").update();
    }
  }

  private static long takeOversThatWait() {
    return jdbc.sql(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND query LIKE '%projection_progress WHERE name%FOR UPDATE'
            """)
        .query(Long.class)
        .single();
  }

  @Test
  void aRebuildThatIsInterruptedGoesOnElsewhere() {
    processors.start();
    for (int i = 0; i < 50; i++) {
      append("run-" + i, 0, started("run-" + i, "job"));
    }
    await().untilAsserted(() -> assertThat(count("run", "true")).isEqualTo(50));
    processors.close();
    assertThat(admin().rebuild("runs", "user:1")).isTrue();
    jdbc.sql("TRUNCATE read_model.run").update();

    processors = node();
    processors.start();

    await().untilAsserted(() -> assertThat(admin().find("runs").orElseThrow().rebuild()).isNull());
    assertThat(count("run", "true")).isEqualTo(50);
    assertThat(admin().find("runs").orElseThrow().lastRebuild())
        .satisfies(
            last -> {
              assertThat(last).isNotNull();
              assertThat(last.outcome()).isEqualTo("completed");
            });

    assertThat(admin().rebuild("runs", "user:1")).isTrue();
    // Given up, unless it is done already: it is said either way.
    String outcome = admin().abort("runs") ? "aborted" : "completed";
    assertThat(admin().find("runs").orElseThrow().lastRebuild())
        .satisfies(last -> assertThat(last).isNotNull())
        .satisfies(last -> assertThat(last.outcome()).isEqualTo(outcome));
  }

  @Test
  void twoNodesShareTheWorkAndLostConnectionsCostNothing() {
    processors.start();
    try (ProjectionProcessors other = node()) {
      other.start();
      for (int i = 0; i < 400; i++) {
        append("run-" + i, 0, started("run-" + i, "job"));
        append("run-" + i, 1, finished("run-" + i, "success"));
        if (i % 100 == 50) {
          jdbc.sql(
                  """
                  SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                  WHERE pid <> pg_backend_pid() AND query LIKE '%projection_progress%'
                  """)
              .query(Long.class)
              .single();
        }
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(count("run", "status = 'success'")).isEqualTo(400));
    }
    assertThat(counted("success")).isEqualTo(400);
    assertThat(counted("running")).isZero();
    assertThat(count("dead_letter", "true")).isZero();
  }

  @Test
  void theLatestHeartbeatOfEachEndpointIsKept() {
    processors.start();
    Instant now = Instant.parse("2026-05-01T10:00:00.123Z");
    hear(now, heartbeat("a", now), heartbeat("b", now), heartbeat("a", now.plusSeconds(30)));
    awaitHeartbeats("a 10:00:30.123 1 cron true  0", "b 10:00:00.123 1 cron true  0");
    Instant later = now.plusSeconds(60);
    hear(
        later,
        heartbeat("a", now.minusSeconds(60)),
        new Heartbeat("acme", "b", later, later, "2", null, null, "4b825dc", null),
        heartbeat("c", later));
    awaitHeartbeats(
        "a 10:00:30.123 1 cron true  0",
        "b 10:01:00.123 2   4b825dc ",
        "c 10:01:00.123 1 cron true  0");
  }

  private void hear(Instant collectedAt, Heartbeat... heartbeats) {
    HeartbeatsObserved observed = new HeartbeatsObserved(3, List.of(heartbeats));
    streams
        .transactions()
        .executeInTransaction(
            () ->
                streams
                    .telemetryLog()
                    .append(List.of(NewEvent.alone(observed, Map.of(), collectedAt))));
  }

  private static void awaitHeartbeats(String... rows) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.sql(
                                """
                                SELECT format('%s %s %s %s %s %s %s', endpoint_id,
                                              to_char(last_seen_at AT TIME ZONE 'UTC', 'HH24:MI:SS.MS'), version, scheduler,
                                              scheduler_alive::text, applied_commit, spool_depth)
                                FROM read_model.endpoint_heartbeat ORDER BY 1
                                """)
                            .query(String.class)
                            .list())
                    .containsExactly(rows));
  }

  private ProjectionProcessors node() {
    return ProjectionsConfiguration.processors(
        streams, dataSource, new JdbcTransactionManager(dataSource));
  }

  private ProjectionAdmin admin() {
    return processors.admin();
  }

  private static long counted(String status) {
    return jdbc.sql(
            "SELECT coalesce(sum(runs), 0) FROM read_model.run_daily WHERE endpoint_id = '' AND status = ?")
        .param(status)
        .query(Long.class)
        .single();
  }

  private static List<@Nullable String> indexes(String schema) {
    return jdbc.sql("SELECT indexname FROM pg_indexes WHERE schemaname = ?")
        .param(schema)
        .query(String.class)
        .list();
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
