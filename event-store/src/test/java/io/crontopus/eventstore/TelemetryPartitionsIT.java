package io.crontopus.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.endpoint.events.HeartbeatsCollected;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The telemetry log's partitions on a real database: nothing is lost, nothing unread is dropped.
 */
class TelemetryPartitionsIT {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Set<String> READERS = Set.of("heartbeats");

  private EmbeddedPostgres postgres;
  private HikariDataSource dataSource;
  private JdbcClient jdbc;
  private TransactionTemplate transaction;
  private EventStreams streams;
  private TelemetryPartitions partitions;

  @BeforeEach
  void open() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    dataSource = new HikariDataSource(config);
    jdbc = JdbcClient.create(dataSource);
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    transaction = new TransactionTemplate(transactions);
    partitions = new TelemetryPartitions(jdbc, transaction);
    streams = new EventStreams(dataSource, transactions);
  }

  @AfterEach
  void close() throws IOException {
    streams.close();
    dataSource.close();
    postgres.close();
  }

  @Test
  void whatTheDefaultPartitionHasStaysWhereItIsRead() {
    Flyway.configure()
        .dataSource(dataSource)
        .schemas("event_store")
        .locations("classpath:db/event_store")
        .table("schema_history")
        .target("2")
        .load()
        .migrate();
    append(50, NOW);
    SchemaMigration.migrate(dataSource, "event_store");
    assertThat(positions())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
    assertThat(partitions.all().getFirst())
        .isEqualTo(new TelemetryPartitions.Partition("telemetry_event_1", 1, 51));
    append(10, NOW);
    assertThat(positions()).hasSize(60);
    assertThat(inDefault()).isZero();
  }

  @Test
  void partitionsAreMadeAheadAndStraysGetTheirOwn() throws Exception {
    migrate();
    assertThat(partitions.extend(KEPT, NOW)).isZero();
    jdbc.sql("SELECT setval('event_store.telemetry_event_index', 1000000)")
        .query(Long.class)
        .single();
    append(5, NOW);
    assertThat(inDefault()).isEqualTo(5);
    try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> made =
          IntStream.range(0, 4)
              .mapToObj(_ -> nodes.submit(() -> partitions.extend(KEPT, NOW)))
              .toList();
      assertThat(made.stream().mapToInt(TelemetryPartitionsIT::get).sum())
          .isGreaterThanOrEqualTo(2);
    }
    append(5, NOW);
    assertThat(inDefault()).isZero();
    assertThat(positions()).hasSize(10);
  }

  @Test
  void onlyWholePartitionsThatAreOldAndReadByAllAreDropped() {
    migrate();
    append(10, NOW.minus(KEPT).minusSeconds(60));
    moveTo(150_000);
    append(10, NOW.minus(KEPT).plusSeconds(60));
    assertThat(partitions.drop(KEPT, NOW, READERS)).as("nobody's position is known").isEmpty();
    jdbc.sql("CREATE SCHEMA read_model").update();
    jdbc.sql("CREATE TABLE read_model.projection_progress (name text, position bigint)").update();
    jdbc.sql("CREATE TABLE read_model.projection_rebuild (name text, position bigint)").update();
    assertThat(partitions.drop(KEPT, NOW, READERS))
        .as("this one's position is not known")
        .isEmpty();
    jdbc.sql("INSERT INTO read_model.projection_progress VALUES ('heartbeats', 5), ('runs', 1)")
        .update();
    assertThat(partitions.drop(KEPT, NOW, READERS)).as("not read yet").isEmpty();
    jdbc.sql(
            "UPDATE read_model.projection_progress SET position = 150005 WHERE name = 'heartbeats'")
        .update();
    jdbc.sql("INSERT INTO read_model.projection_rebuild VALUES ('heartbeats', 3)").update();
    assertThat(partitions.drop(KEPT, NOW, READERS)).as("being read again").isEmpty();
    jdbc.sql("DELETE FROM read_model.projection_rebuild").update();
    assertThat(partitions.drop(KEPT, NOW, READERS)).containsExactly("telemetry_event_1");
    assertThat(positions()).allMatch(position -> position > 150_000).hasSize(10);
    assertThat(partitions.drop(Duration.ZERO, NOW, READERS)).as("not read to its end").isEmpty();
    assertThat(streams.telemetryLog().read(100_000, Set.of(), 100).events()).hasSize(10);
  }

  @Test
  void anEventOfAClockThatWasAheadDoesNotKeepThoseBeforeIt() {
    migrate();
    jdbc.sql("CREATE SCHEMA read_model").update();
    jdbc.sql("CREATE TABLE read_model.projection_progress (name text, position bigint)").update();
    jdbc.sql("CREATE TABLE read_model.projection_rebuild (name text, position bigint)").update();
    jdbc.sql("INSERT INTO read_model.projection_progress VALUES ('heartbeats', 150002)").update();
    append(10, NOW.minus(KEPT).minusSeconds(60));
    append(1, NOW.plus(KEPT));
    moveTo(150_000);
    append(1, NOW.plus(KEPT));
    assertThat(partitions.drop(KEPT, NOW, READERS)).as("nothing says how old it is").isEmpty();
    append(1, NOW.minus(KEPT).plusSeconds(60));
    assertThat(partitions.drop(KEPT, NOW, READERS)).as("it may be as young as that").isEmpty();
    assertThat(partitions.drop(KEPT, NOW.plusSeconds(120), READERS))
        .containsExactly("telemetry_event_1");
    assertThat(positions()).allMatch(position -> position > 150_000).hasSize(2);
  }

  private void migrate() {
    SchemaMigration.migrate(dataSource, "event_store");
  }

  private void moveTo(long position) {
    jdbc.sql("SELECT setval('event_store.telemetry_event_index', ?)")
        .param(position)
        .query(Long.class)
        .single();
  }

  private void append(int events, Instant at) {
    List<NewEvent> some =
        IntStream.range(0, events)
            .mapToObj(_ -> NewEvent.alone(new HeartbeatsCollected(at, 0, List.of()), Map.of(), at))
            .toList();
    transaction.executeWithoutResult(_ -> streams.telemetryLog().append(some));
  }

  private List<Integer> positions() {
    return jdbc.sql("SELECT global_index FROM event_store.telemetry_event ORDER BY 1")
        .query((row, number) -> row.getInt(1))
        .list();
  }

  private long inDefault() {
    return jdbc.sql("SELECT count(*) FROM event_store.telemetry_event_default")
        .query(Long.class)
        .single();
  }

  private static int get(Future<Integer> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
