package io.crontopus.command.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.command.run.OverdueRuns.Overdue;
import io.crontopus.command.run.intake.IntakeSettings;
import io.crontopus.command.run.intake.Reply;
import io.crontopus.command.run.intake.RunCommand;
import io.crontopus.command.run.intake.RunIntake;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.run.CheckInStatus;
import io.crontopus.run.JobRef;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.commands.TimeOutRun;
import io.crontopus.web.Origin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two nodes that both see the same overdue runs, and lose their connections meanwhile, end each of
 * them once, also where its result comes in the same moment; and none of them while reports that
 * the database kept away may still come.
 */
class TimeOutsOfTwoNodesIT {

  private static final int RUNS = 1_000;
  private static final String TENANT = "acme";
  private static final JobRef JOB = new JobRef("default", "slow");
  private static final Origin ORIGIN = Origin.system(TENANT);

  private static EmbeddedPostgres postgres;
  private static String url;
  private static JdbcClient jdbc;

  /** An intake with connections of its own, as each node has one. */
  private record Node(HikariDataSource connections, EventStreams streams, RunIntake intake)
      implements AutoCloseable {

    static Node start(String url, String name) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url + "&ApplicationName=" + name);
      config.setUsername("postgres");
      config.setMaximumPoolSize(4);
      HikariDataSource connections = new HikariDataSource(config);
      JdbcTransactionManager transactions = new JdbcTransactionManager(connections);
      EventStreams streams = new EventStreams(connections, transactions);
      return new Node(
          connections,
          streams,
          RunIntake.start(
              connections,
              streams,
              new TransactionTemplate(transactions),
              new IntakeSettings(2, 100, Duration.ofMillis(2), 20_000, Duration.ofSeconds(20)),
              new SimpleMeterRegistry(),
              Clock.systemUTC()));
    }

    /** What each node does every second. */
    void timeOut() {
      List<Overdue> overdue = new OverdueRuns(JdbcClient.create(connections)).find(RUNS / 10);
      List<Answer> answers = overdue.stream().map(_ -> new Answer()).toList();
      List<RunCommand> commands = new ArrayList<>();
      for (int i = 0; i < overdue.size(); i++) {
        Overdue run = overdue.get(i);
        commands.add(
            new RunCommand.TimeOut(
                new TimeOutRun(run.run(), run.at()), run.job(), ORIGIN, answers.get(i)));
      }
      intake.take(commands);
      answers.forEach(answer -> answer.outcome.join());
    }

    void report(String run, CheckInStatus status, Instant at) {
      Answer answer = new Answer();
      intake.take(List.of(new RunCommand.CheckIn(checkIn(run, status, at), ORIGIN, answer)));
      assertThat(answer.outcome.join()).isTrue();
    }

    @Override
    public void close() {
      intake.close();
      streams.close();
      connections.close();
    }
  }

  private static final class Answer implements Reply {
    final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

    @Override
    public void accepted(CheckInAccepted answer) {
      outcome.complete(true);
    }

    @Override
    public void failed(RuntimeException reason) {
      outcome.complete(false);
    }
  }

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    url = postgres.getJdbcUrl("postgres", "postgres");
    SchemaMigration.migrate(postgres.getPostgresDatabase(), "event_store");
    jdbc = JdbcClient.create(postgres.getPostgresDatabase());
    jdbc.sql("INSERT INTO event_store.job_index VALUES (?, 'id', 'default', 'slow', 'c', 1, 0)")
        .param(TENANT)
        .update();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    postgres.close();
  }

  @Test
  void nothingEndsBeforeReportsHadTimeToComeAfterTheDatabaseWasAway() {
    AtomicLong nanos = new AtomicLong();
    AtomicBoolean away = new AtomicBoolean();
    AtomicLong waiting = new AtomicLong();
    Duration almost = Duration.ofSeconds(119);
    try (Node node = Node.start(url, "three")) {
      OverdueRuns overdue =
          new OverdueRuns(
              JdbcClient.create(
                  new DelegatingDataSource(node.connections()) {
                    @Override
                    public Connection getConnection() throws SQLException {
                      nanos.addAndGet(waiting.get());
                      if (away.get()) {
                        throw new SQLException("away", "08006");
                      }
                      return super.getConnection();
                    }
                  }));
      node.report("late", CheckInStatus.RUNNING, Instant.now().minusSeconds(3_600));
      await("overdue").until(() -> !overdue.find(1).isEmpty());
      try (RunTimeouts timeouts = new RunTimeouts(overdue, node.intake(), nanos::get)) {
        elapse(almost, nanos, timeouts);
        assertThat(open()).as("after the start").isOne();

        away.set(true);
        timeouts.check();
        away.set(false);
        elapse(almost, nanos, timeouts);
        assertThat(open()).as("after a failure").isOne();

        waiting.set(Duration.ofSeconds(20).toNanos());
        timeouts.check();
        waiting.set(0);
        elapse(almost, nanos, timeouts);
        assertThat(open()).as("after a connection came late").isOne();

        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        timeouts.check();
        elapse(almost, nanos, timeouts);
        assertThat(open()).as("after the process stood still").isOne();

        elapse(Duration.ofSeconds(1), nanos, timeouts);
        assertThat(open()).isZero();
      }
    }
  }

  /** So much time in which it looks each second. */
  private static void elapse(Duration time, AtomicLong nanos, RunTimeouts timeouts) {
    for (long second = 0; second < time.toSeconds(); second++) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      timeouts.check();
    }
  }

  @Test
  void eachRunEndsOnce() throws Exception {
    try (Node one = Node.start(url, "one");
        Node other = Node.start(url, "other");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Instant longAgo = Instant.now().minusSeconds(3_600);
      List<Future<?>> starts = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        String run = "run-" + i;
        starts.add(threads.submit(() -> one.report(run, CheckInStatus.RUNNING, longAgo)));
      }
      for (Future<?> start : starts) {
        start.get();
      }
      AtomicInteger looks = new AtomicInteger();
      List<Future<?>> work = new ArrayList<>();
      for (Node node : List.of(one, other)) {
        work.add(threads.submit(() -> look(node, looks)));
      }
      for (int i = 0; i < RUNS; i += 2) {
        String run = "run-" + i;
        work.add(threads.submit(() -> other.report(run, CheckInStatus.SUCCESS, Instant.now())));
      }
      await("in the middle").until(() -> looks.get() > 0);
      jdbc.sql(
              "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'one'")
          .query(Long.class)
          .single();
      for (Future<?> task : work) {
        task.get();
      }
    }

    Map<String, List<String>> histories = histories();
    assertThat(histories).hasSize(RUNS);
    histories.forEach(
        (run, events) -> {
          int number = Integer.parseInt(run.substring(run.lastIndexOf('-') + 1));
          if (number % 2 == 1) {
            assertThat(events).as(run).containsExactly("run.started", "run.timed-out");
          } else {
            assertThat(events)
                .as(run)
                .isIn(
                    List.of("run.started", "run.finished"),
                    List.of("run.started", "run.timed-out", "run.late-result-recorded"));
          }
        });
    assertThat(open()).isZero();
  }

  /** Until no run is open. */
  private static void look(Node node, AtomicInteger looks) {
    while (open() > 0) {
      try {
        node.timeOut();
      } catch (RuntimeException e) {
        // Its connection was taken away; the timer comes again.
      }
      looks.incrementAndGet();
    }
  }

  private static ReportCheckIn checkIn(String run, CheckInStatus status, Instant at) {
    return new ReportCheckIn(
        TENANT,
        run,
        run + "-new",
        JOB,
        null,
        status,
        null,
        status == CheckInStatus.RUNNING ? at : null,
        status.closes() ? at : null,
        null,
        null,
        false,
        null,
        null,
        "api",
        Instant.now());
  }

  private static long open() {
    return jdbc.sql("SELECT count(*) FROM event_store.open_run").query(Long.class).single();
  }

  private static Map<String, List<String>> histories() {
    record Stored(String run, String event) {}
    return jdbc
        .sql(
            """
            SELECT aggregate_id, payload_type FROM event_store.domain_event
            WHERE aggregate_id LIKE '%:run-%' ORDER BY aggregate_id, sequence
            """)
        .query((row, _) -> new Stored(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Stored::run, Collectors.mapping(Stored::event, Collectors.toList())));
  }
}
