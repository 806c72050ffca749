package io.crontopus.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunTimedOut;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The log on a real database: what a reader has passed stays as it was. */
class EventLogIT {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final Map<String, String> ACME = Map.of("tenantId", "acme");

  private static EmbeddedPostgres postgres;
  private static HikariDataSource dataSource;
  private static JdbcTransactionManager transactions;
  private EventStreams streams;
  private static TransactionTemplate transaction;

  @BeforeAll
  static void open() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    config.setMaximumPoolSize(20);
    dataSource = new HikariDataSource(config);
    SchemaMigration.migrate(dataSource, "event_store");
    transactions = new JdbcTransactionManager(dataSource);
    transaction = new TransactionTemplate(transactions);
  }

  @AfterAll
  static void close() throws IOException {
    dataSource.close();
    postgres.close();
  }

  @BeforeEach
  void empty() {
    JdbcClient.create(dataSource).sql("TRUNCATE event_store.domain_event").update();
    streams = new EventStreams(dataSource, transactions);
  }

  @AfterEach
  void closeStreams() {
    streams.close();
  }

  @Test
  void givesBackWhatWasWritten() {
    RunTimedOut event = new RunTimedOut("acme", "r1", AT, AT.plusSeconds(1));
    append(event("run:acme:r1", 3, event));

    StoredEvent stored = all().getFirst();
    assertThat(stored.event()).isEqualTo(event);
    assertThat(stored.name()).isEqualTo("run.timed-out");
    assertThat(stored.aggregateId()).isEqualTo("run:acme:r1");
    assertThat(stored.sequence()).isEqualTo(3);
    assertThat(stored.recordedAt()).isEqualTo(AT);
    assertThat(stored.readMetadata()).isEqualTo(ACME);
  }

  @Test
  void aggregatesReadTheSameEvents() {
    RunTimedOut event = new RunTimedOut("acme", "r1", AT, AT);
    append(event("run:acme:r1", 0, event));

    assertThat(streams.domain().readEvents("run:acme:r1").next().getPayload()).isEqualTo(event);
  }

  @Test
  void thePlaceInAStreamIsTakenOnce() {
    append(event("run:acme:r1", 0, new RunTimedOut("acme", "r1", AT, AT)));

    NewEvent second = event("run:acme:r1", 0, new RunTimedOut("acme", "r1", AT, AT));
    assertThatThrownBy(() -> append(second)).isInstanceOf(DuplicateKeyException.class);
    assertThat(all()).hasSize(1);
  }

  @Test
  void refusesToAppendOutsideATransaction() {
    NewEvent event = event("run:acme:r1", 0, new RunTimedOut("acme", "r1", AT, AT));
    assertThatThrownBy(() -> streams.domainLog().append(List.of(event)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readsByNameAndSaysHowFarItLooked() {
    for (int i = 0; i < 10; i++) {
      append(event("run:acme:" + i, 0, new RunTimedOut("acme", "" + i, AT, AT)));
    }
    append(event("run:acme:x", 0, new RunExtended("acme", "x", AT, AT)));
    append(event("run:acme:y", 0, new RunTimedOut("acme", "y", AT, AT)));

    EventBatch found = streams.domainLog().read(0, Set.of("run.extended"), 5);
    assertThat(found.events()).hasSize(1);
    assertThat(found.upTo()).isEqualTo(streams.domainLog().head());
    EventBatch some = streams.domainLog().read(0, Set.of("run.timed-out"), 5);
    assertThat(some.events()).hasSize(5);
    assertThat(some.upTo()).isEqualTo(some.events().getLast().position());
  }

  /** Several who follow, at different paces and for different names, see what the table has. */
  @Test
  void followersOfTheEndMissNothing() {
    List<Integer> paces = List.of(1, 3, 50);
    List<Set<String>> names = List.of(Set.of(), Set.of("run.extended"), Set.of("run.timed-out"));
    List<List<Long>> seen = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    long[] positions = new long[paces.size()];
    Random random = new Random(7);
    for (int round = 0; round < 60; round++) {
      List<NewEvent> events = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        String run = round + "-" + i;
        events.add(
            event(
                "run:acme:" + run,
                0,
                random.nextBoolean()
                    ? new RunTimedOut("acme", run, AT, AT)
                    : new RunExtended("acme", run, AT, AT)));
      }
      transaction.executeWithoutResult(status -> streams.domainLog().append(events));
      int who = random.nextInt(paces.size());
      positions[who] = follow(positions[who], names.get(who), paces.get(who), seen.get(who));
    }
    for (int who = 0; who < paces.size(); who++) {
      follow(positions[who], names.get(who), paces.get(who), seen.get(who));
      assertThat(seen.get(who)).isEqualTo(stored(names.get(who)));
    }
  }

  /** An event that one follower has made an object of is the same object to the next one. */
  @Test
  void readsTheEndOnce() {
    streams.domainLog().read(streams.domainLog().head(), Set.of(), 10);
    long before = streams.domainLog().head();
    append(event("run:acme:r1", 0, new RunTimedOut("acme", "r1", AT, AT)));

    EventBatch first = streams.domainLog().read(before, Set.of(), 10);
    EventBatch second = streams.domainLog().read(before, Set.of("run.timed-out"), 10);

    assertThat(first.events()).hasSize(1);
    assertThat(second.events().getFirst()).isSameAs(first.events().getFirst());
    assertThat(second.more()).isFalse();
  }

  /** Who comes only when called is told all that this node appended. */
  @Test
  void asksTheDatabaseWhenThereIsSomethingNew() {
    streams.domainLog().read(streams.domainLog().head(), Set.of(), 10);
    long before = streams.domainLog().head();
    append(event("run:acme:r1", 0, new RunTimedOut("acme", "r1", AT, AT)));
    assertThat(streams.domainLog().readKnown(before, Set.of(), 10).events()).hasSize(1);
    append(event("run:acme:r2", 0, new RunTimedOut("acme", "r2", AT, AT)));
    assertThat(streams.domainLog().readKnown(before, Set.of(), 10).events()).hasSize(2);
  }

  /** Another node's events are seen without anything that calls on this one. */
  @Test
  void noticesWhatOthersAppend() {
    try (EventStreams other =
        new EventStreams(dataSource, new JdbcTransactionManager(dataSource))) {
      streams.domainLog().read(streams.domainLog().head(), Set.of(), 10);
      long before = streams.domainLog().head();
      assertThat(streams.domainLog().readKnown(before, Set.of(), 10).events()).isEmpty();
      NewEvent event = event("run:acme:r1", 0, new RunTimedOut("acme", "r1", AT, AT));
      transaction.executeWithoutResult(status -> other.domainLog().append(List.of(event)));
      await()
          .untilAsserted(
              () ->
                  assertThat(streams.domainLog().readKnown(before, Set.of(), 10).events())
                      .hasSize(1));
    }
  }

  /** As after a failover to a replica that had not everything. */
  @Test
  void forgetsWhatIsNoLongerInTheLog() {
    append(event("run:acme:r0", 0, new RunTimedOut("acme", "r0", AT, AT)));
    long before = streams.domainLog().head();
    streams.domainLog().read(before, Set.of(), 10);
    append(event("run:acme:r1", 0, new RunTimedOut("acme", "r1", AT, AT)));
    append(event("run:acme:r2", 0, new RunTimedOut("acme", "r2", AT, AT)));
    assertThat(streams.domainLog().read(before, Set.of(), 10).events()).hasSize(2);

    JdbcClient sql = JdbcClient.create(dataSource);
    sql.sql("DELETE FROM event_store.domain_event WHERE global_index > ?").param(before).update();
    assertThat(streams.domainLog().read(before, Set.of(), 10).events()).isEmpty();
    sql.sql("SELECT setval(pg_get_serial_sequence('event_store.domain_event', 'global_index'), ?)")
        .param(before)
        .query((row, _) -> row.getLong(1))
        .single();
    append(event("run:acme:r3", 0, new RunTimedOut("acme", "r3", AT, AT)));

    assertThat(streams.domainLog().read(before, Set.of(), 10).events())
        .extracting(StoredEvent::aggregateId)
        .containsExactly("run:acme:r3");
  }

  /** More than is kept at the end comes from the table, in the same order. */
  @Test
  void whoIsFarBehindCatchesUp() {
    streams.domainLog().read(streams.domainLog().head(), Set.of(), 10);
    long before = streams.domainLog().head();
    for (int batch = 0; batch < 13; batch++) {
      List<NewEvent> events = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        String run = batch + "-" + i;
        events.add(event("run:acme:" + run, 0, new RunTimedOut("acme", run, AT, AT)));
      }
      transaction.executeWithoutResult(status -> streams.domainLog().append(events));
    }
    List<Long> fast = new ArrayList<>();
    follow(before, Set.of(), 5_000, fast);
    List<Long> slow = new ArrayList<>();
    follow(before, Set.of("run.timed-out"), 900, slow);

    assertThat(fast).hasSize(13_000).isEqualTo(stored(Set.of()));
    assertThat(slow).isEqualTo(fast);
  }

  /**
   * However many are wanted, memory holds a few large ones at a time, from the table or its end.
   */
  @Test
  void largeEventsComeInPieces() {
    long before = streams.domainLog().head();
    String output = "x".repeat(1 << 20);
    List<NewEvent> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      events.add(event("run:acme:r1", i, new RunOutputAdded("acme", "r1", output, false, AT)));
    }
    transaction.executeWithoutResult(status -> streams.domainLog().append(events));

    EventBatch first = streams.domainLog().read(before, Set.of(), 20_000);
    assertThat(first.events()).hasSize(16);
    assertThat(first.more()).isTrue();
    List<Long> seen = new ArrayList<>();
    follow(before, Set.of("run.output-added"), 20_000, seen);
    assertThat(seen).hasSize(40).doesNotHaveDuplicates().isSorted();

    transaction.executeWithoutResult(
        status ->
            streams
                .domainLog()
                .append(List.of(event("run:acme:r2", 0, new RunTimedOut("acme", "r2", AT, AT)))));
    assertThat(follow(seen.getLast(), Set.of(), 100, new ArrayList<>()))
        .isEqualTo(streams.domainLog().head());
  }

  private long follow(long after, Set<String> names, int most, List<Long> seen) {
    long position = after;
    EventBatch batch;
    do {
      batch = streams.domainLog().read(position, names, most);
      batch.events().forEach(event -> seen.add(event.position()));
      position = batch.upTo();
    } while (batch.more());
    return position;
  }

  private static List<Long> stored(Set<String> names) {
    return JdbcClient.create(dataSource)
        .sql(
            "SELECT global_index FROM event_store.domain_event"
                + " WHERE cardinality(?::text[]) = 0 OR payload_type = ANY (?) ORDER BY 1")
        .params(names.toArray(String[]::new), names.toArray(String[]::new))
        .query((row, _) -> row.getLong(1))
        .list();
  }

  /** A holder that hangs would stop everybody else for good. */
  @Test
  void whoSitsOnTheTurnLosesIt() throws SQLException {
    AppendTurn turn = new AppendTurn(1, Duration.ofMillis(200));
    try (Connection idle = dataSource.getConnection()) {
      idle.setAutoCommit(false);
      turn.take(idle);

      append(event("run:acme:r1", 0, new RunTimedOut("acme", "r1", AT, AT)));

      assertThat(all()).hasSize(1);
      assertThatThrownBy(idle::commit).isInstanceOf(SQLException.class);
    }
  }

  /** Slow and fast writers of both kinds at once: a reader that only goes forward sees them all. */
  @Test
  void nothingAppearsBehindAReader() throws Exception {
    int writers = 8;
    int each = 60;
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        work.add(threads.submit(() -> IntStream.range(0, each).forEach(n -> write(writer, n))));
      }
      Future<?> reader = threads.submit(() -> follow(seen, writers * each));
      for (Future<?> one : work) {
        one.get();
      }
      reader.get();
    }
    assertThat(seen).hasSize(writers * each).isSorted().doesNotHaveDuplicates();
  }

  /** A node that has just started asks the database, while others append. */
  @Test
  void nothingIsToldTwiceToWhoComesAnew() throws Exception {
    int appended = 600;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(() -> IntStream.range(0, appended).forEach(n -> write(0, n)));
      int reads = 0;
      while (!writer.isDone()) {
        try (EventStreams fresh = new EventStreams(dataSource, transactions)) {
          EventBatch batch = fresh.domainLog().read(0, Set.of(), 2 * appended);
          assertThat(batch.events()).allMatch(event -> event.position() <= batch.upTo());
        }
        reads++;
      }
      writer.get();
      assertThat(reads).isGreaterThan(10);
    }
  }

  private void write(int writer, int n) {
    String run = writer + "-" + n;
    RunTimedOut event = new RunTimedOut("acme", run, AT, AT);
    if (writer % 2 == 0) {
      append(event("run:acme:" + run, 0, event));
    } else {
      transaction.executeWithoutResult(
          status ->
              streams
                  .domain()
                  .publish(
                      new GenericDomainEventMessage<>("Run", "run:acme:" + run, 0, event, ACME)));
    }
  }

  private void follow(List<Long> seen, int expected) {
    long position = 0;
    while (seen.size() < expected) {
      long signals = streams.domainLog().signals();
      EventBatch batch = streams.domainLog().read(position, Set.of(), 7);
      batch.events().forEach(event -> seen.add(event.position()));
      position = batch.upTo();
      if (batch.events().isEmpty()) {
        try {
          streams.domainLog().awaitMore(signals, Duration.ofSeconds(1));
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private List<StoredEvent> all() {
    return streams.domainLog().read(0, Set.of(), 1_000).events();
  }

  private static NewEvent event(String aggregate, long sequence, Object payload) {
    return new NewEvent(NewEvent.newId(), aggregate, sequence, "Run", payload, ACME, AT);
  }

  private void append(NewEvent event) {
    transaction.executeWithoutResult(status -> streams.domainLog().append(List.of(event)));
  }
}
