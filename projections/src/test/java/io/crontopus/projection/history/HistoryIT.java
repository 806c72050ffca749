package io.crontopus.projection.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.job.events.JobRemoved;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Versions of rows, and which position a time stands for, on a real database. */
class HistoryIT {

  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  private static EmbeddedPostgres postgres;
  private static HikariDataSource dataSource;
  private static JdbcClient jdbc;
  private static EventStreams streams;
  private static TransactionTemplate transaction;

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    config.setSchema("read_model");
    dataSource = new HikariDataSource(config);
    SchemaMigration.migrate(dataSource, "event_store");
    SchemaMigration.migrate(dataSource, "read_model");
    jdbc = JdbcClient.create(dataSource);
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    streams = new EventStreams(dataSource, transactions);
    transaction = new TransactionTemplate(transactions);
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    streams.close();
    dataSource.close();
    postgres.close();
  }

  @BeforeEach
  void empty() {
    jdbc.sql(
            """
            TRUNCATE event_store.domain_event, read_model.timeline, read_model.manifest_problem,
              read_model.manifest_problem_history RESTART IDENTITY
            """)
        .update();
  }

  @ParameterizedTest
  @ValueSource(strings = {"job", "manifest_problem", "endpoint", "fleet", "job_instance"})
  void versionsHaveTheColumnsOfTheRows(String table) {
    assertThat(columns(table + "_history").subList(2, columns(table + "_history").size()))
        .isEqualTo(columns(table));
  }

  private static List<@Nullable String> columns(String table) {
    return jdbc.sql(
            """
            SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute
            WHERE attrelid = cast('read_model.' || ? AS regclass) AND attnum > 0 AND NOT attisdropped
              AND (attgenerated = '' OR attnum < (SELECT max(attnum) FROM pg_attribute a WHERE a.attrelid = pg_attribute.attrelid))
            ORDER BY attnum
            """)
        .param(table)
        .query(String.class)
        .list();
  }

  @Test
  void aRowThatChangesTwiceInABatchHasTwoVersions() {
    inBatch(
        history -> {
          history.begin(5, "acme", "a");
          put("a", "c1");
          history.begin(5, "acme", "b");
          put("b", "c1");
          history.begin(6, "acme", "a");
          put("a", "c2");
        });
    inBatch(
        history -> {
          history.begin(9, "acme", "a");
          remove("a");
        });

    assertThat(versions()).containsExactly("a c1 5-6", "a c2 6-9", "b c1 5-");
  }

  @Test
  void whatComesAfterItsTimeReplacesWhatFollowed() {
    inBatch(
        history -> {
          history.begin(5, "acme", "a");
          put("a", "c1");
        });
    inBatch(
        history -> {
          history.begin(20, "acme", "a");
          put("a", "c3");
        });
    inBatch(
        history -> {
          history.begin(10, "acme", "a");
          put("a", "c2");
        });

    assertThat(versions()).containsExactly("a c1 5-20", "a c2 20-");
  }

  private static void inBatch(Consumer<History> changes) {
    transaction.executeWithoutResult(
        _ -> {
          JdbcTemplate sql = new JdbcTemplate(dataSource);
          sql.execute("SET LOCAL search_path = read_model");
          History history = new History(sql, "manifest_problem", "path");
          changes.accept(history);
          history.write();
        });
  }

  private static void put(String path, String commit) {
    remove(path);
    jdbc.sql("INSERT INTO read_model.manifest_problem VALUES ('acme', ?, ?, '[]')")
        .params(path, commit)
        .update();
  }

  private static void remove(String path) {
    jdbc.sql("DELETE FROM read_model.manifest_problem WHERE path = ?").param(path).update();
  }

  private static List<@Nullable String> versions() {
    return jdbc.sql(
            """
            SELECT path || ' ' || commit_id || ' ' || valid_from || '-' ||
              CASE WHEN valid_to < 9223372036854775807 THEN valid_to::text ELSE '' END
            FROM read_model.manifest_problem_history ORDER BY path, valid_from
            """)
        .query(String.class)
        .list();
  }

  @Test
  void aTimeStandsForTheLastEventBeforeTheFirstThatWasLater() {
    // 1,000 events, one a second; every tenth by a clock that is half a minute behind
    append(IntStream.range(0, 1_000).mapToObj(i -> START.plusSeconds(i % 10 == 5 ? i - 30 : i)));
    assertPositions();

    try (Timeline _ = start()) {
      await().until(() -> entries() > 1);
    }
    assertPositions();
  }

  private static void assertPositions() {
    assertThat(position(START.minusMillis(1))).isZero();
    assertThat(position(START)).isEqualTo(1);
    for (int second : new int[] {10, 101, 199, 200, 201, 398, 399, 400, 777, 998}) {
      // the one behind comes with the one before it
      int last = (second + 1) % 10 == 5 ? second + 2 : second + 1;
      assertThat(position(START.plusSeconds(second))).as("%s s", second).isEqualTo(last);
      assertThat(position(START.plusSeconds(second).plusMillis(999))).isEqualTo(last);
    }
    assertThat(position(START.plus(1, ChronoUnit.DAYS))).isEqualTo(1_000);
  }

  @Test
  void aClockThatIsAheadCostsNoMoreThanItIs() {
    append(Stream.of(START, Instant.now().plus(30, ChronoUnit.DAYS)));
    try (Timeline _ = start()) {
      await().until(() -> entries() == 1);
      Instant seen = Instant.now().plusSeconds(1);
      await().until(() -> Instant.now().isAfter(seen));
      append(Stream.of(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
      await().until(() -> entries() == 2);
      assertThat(position(seen)).isEqualTo(2);
      assertThat(position(Instant.now())).isEqualTo(3);
    }
  }

  private static Timeline start() {
    return Timeline.start(jdbc, new JdbcTransactionManager(dataSource));
  }

  private static long entries() {
    return jdbc.sql("SELECT count(*) FROM read_model.timeline").query(Long.class).single();
  }

  private static long position(Instant moment) {
    return jdbc.sql("SELECT read_model.position_at(?)")
        .param(moment.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  private static void append(Stream<Instant> times) {
    List<NewEvent> events =
        times
            .map(
                at ->
                    NewEvent.alone(
                        new JobRemoved("acme", "j", "default", "j", "c", at), Map.of(), at))
            .toList();
    transaction.executeWithoutResult(_ -> streams.domainLog().append(events));
  }
}
