package io.crontopus.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.run.events.RunExtended;
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
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterAll;
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
  private static EventStreams streams;
  private static TransactionTemplate transaction;

  @BeforeAll
  static void open() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    config.setMaximumPoolSize(20);
    dataSource = new HikariDataSource(config);
    SchemaMigration.migrate(dataSource, "event_store");
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    streams = new EventStreams(dataSource, transactions);
    transaction = new TransactionTemplate(transactions);
  }

  @AfterAll
  static void close() throws IOException {
    streams.close();
    dataSource.close();
    postgres.close();
  }

  @BeforeEach
  void empty() {
    JdbcClient.create(dataSource).sql("TRUNCATE event_store.domain_event").update();
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

  private static void write(int writer, int n) {
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

  private static void follow(List<Long> seen, int expected) {
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

  private static List<StoredEvent> all() {
    return streams.domainLog().read(0, Set.of(), 1_000).events();
  }

  private static NewEvent event(String aggregate, long sequence, Object payload) {
    return new NewEvent(NewEvent.newId(), aggregate, sequence, "Run", payload, ACME, AT);
  }

  private static void append(NewEvent event) {
    transaction.executeWithoutResult(status -> streams.domainLog().append(List.of(event)));
  }
}
