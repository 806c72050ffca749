package io.crontopus.command.run.intake;

import static io.crontopus.command.run.intake.Node.checkIn;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.run.CheckInRejected;
import io.crontopus.run.CheckInStatus;
import io.crontopus.run.RunId;
import io.crontopus.run.RunStatus;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.web.Problem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/** The intake on a real database: what is acknowledged is in the log, once, whatever happens. */
class RunIntakeIT {

  private static EmbeddedPostgres postgres;
  private static String url;
  private static JdbcClient jdbc;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    url = postgres.getJdbcUrl("postgres", "postgres");
    SchemaMigration.migrate(postgres.getPostgresDatabase(), "event_store");
    jdbc = JdbcClient.create(postgres.getPostgresDatabase());
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void empty() {
    jdbc.sql("TRUNCATE event_store.domain_event, event_store.open_run").update();
  }

  @Test
  void whatCannotBeTakenOrStoredHurtsNoNeighbour() {
    try (Node node = Node.start(url, "neighbours")) {
      node.report(checkIn("taken", "other", CheckInStatus.RUNNING)).join();
      List<ReportCheckIn> together = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        together.add(checkIn("good-" + i, "job", CheckInStatus.SUCCESS));
      }
      together.add(3, checkIn("taken", "job", CheckInStatus.SUCCESS));
      together.add(11, checkIn(null, "job", CheckInStatus.LOG));
      together.add(17, checkIn("cannot be stored \u0000", "job", CheckInStatus.SUCCESS));
      List<CompletableFuture<CheckInAccepted>> outcomes = node.report(together);
      for (int i = 0; i < together.size(); i++) {
        CompletableFuture<CheckInAccepted> outcome = outcomes.get(i);
        switch (i) {
          case 3, 11 -> assertThatThrownBy(outcome::join).hasCauseInstanceOf(CheckInRejected.class);
          case 17 -> assertThatThrownBy(outcome::join).isInstanceOf(CompletionException.class);
          default -> assertThat(outcome.join().known()).isFalse();
        }
      }
      assertThat(events("run:acme:good-%")).hasSize(20);
    }
  }

  @Test
  void aStartAndAnEndWithoutAnIdMeetInOneTransaction() {
    try (Node node = Node.start(url, "meet")) {
      List<CompletableFuture<CheckInAccepted>> outcomes =
          node.report(
              List.of(
                  checkIn(null, "job", CheckInStatus.RUNNING),
                  checkIn(null, "job", CheckInStatus.RUNNING),
                  checkIn(null, "job", CheckInStatus.FAILURE),
                  checkIn(null, "job", CheckInStatus.SUCCESS),
                  checkIn(null, "job", CheckInStatus.SUCCESS)));
      List<String> runs =
          outcomes.stream().map(CompletableFuture::join).map(CheckInAccepted::runId).toList();
      assertThat(runs.get(2)).isEqualTo(runs.get(1));
      assertThat(runs.get(3)).isEqualTo(runs.get(0));
      assertThat(runs.get(4)).isNotIn(runs.subList(0, 4));
      assertThat(openRuns()).isEmpty();
    }
  }

  @Test
  void anEndWithoutAnIdFindsTheLatestOfEarlierTransactions() {
    try (Node node = Node.start(url, "earlier")) {
      for (String run : List.of("r1", "r2", "r3")) {
        node.report(checkIn(run, "job", CheckInStatus.RUNNING)).join();
      }
      assertThat(openRuns()).containsExactly("r1", "r2", "r3");
      List<CompletableFuture<CheckInAccepted>> outcomes =
          node.report(
              List.of(
                  checkIn("r3", "job", CheckInStatus.SUCCESS),
                  checkIn(null, "job", CheckInStatus.FAILURE),
                  checkIn(null, "job", CheckInStatus.SUCCESS)));
      assertThat(outcomes.stream().map(CompletableFuture::join))
          .containsExactly(
              new CheckInAccepted("r3", RunStatus.SUCCESS, false),
              new CheckInAccepted("r2", RunStatus.FAILURE, false),
              new CheckInAccepted("r1", RunStatus.SUCCESS, false));
      assertThat(openRuns()).isEmpty();
      assertThat(events("run:acme:r2")).containsExactly("0 run.started", "1 run.finished");
    }
  }

  @Test
  void twoNodesThatAreToldTheSameLoseNothingAndStoreNothingTwice() throws Exception {
    int runs = 300;
    try (Node one = Node.start(url, "one");
        Node two = Node.start(url, "two");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> loads = new ArrayList<>();
      for (Node node : List.of(one, two)) {
        loads.add(threads.submit(() -> tellAll(node, runs)));
      }
      for (Future<?> load : loads) {
        load.get(60, SECONDS);
      }
    }
    for (int i = 0; i < runs; i++) {
      List<String> stream = events("run:acme:both-" + i);
      assertThat(stream)
          .isIn(List.of("0 run.finished"), List.of("0 run.started", "1 run.finished"));
    }
    assertThat(openRuns()).isEmpty();
    assertThat(count()).isEqualTo(distinctPlaces());
  }

  /** Starts and ends of all runs, in an order of this node's own, some of them twice. */
  private static void tellAll(Node node, int runs) {
    List<ReportCheckIn> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      String job = "job-" + i % 7;
      all.add(checkIn("both-" + i, job, CheckInStatus.RUNNING));
      all.add(checkIn("both-" + i, job, CheckInStatus.SUCCESS));
      all.add(checkIn("both-" + i, job, CheckInStatus.SUCCESS));
    }
    Collections.shuffle(all, new Random(node.hashCode()));
    List<CompletableFuture<CheckInAccepted>> outcomes = new ArrayList<>();
    for (int from = 0; from < all.size(); from += 25) {
      outcomes.addAll(node.report(all.subList(from, Math.min(all.size(), from + 25))));
    }
    outcomes.forEach(CompletableFuture::join);
  }

  @Test
  void resultsWithoutAnIdOnTwoNodesCloseEachOpenRunOnce() {
    int rounds = 150;
    try (Node one = Node.start(url, "one");
        Node two = Node.start(url, "two")) {
      for (int round = 0; round < rounds; round++) {
        String prefix = "open-" + round + "-";
        List<ReportCheckIn> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          starts.add(checkIn(prefix + i, "job", CheckInStatus.RUNNING));
        }
        one.report(starts).forEach(CompletableFuture::join);
        List<CompletableFuture<CheckInAccepted>> outcomes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          Node node = i % 2 == 0 ? one : two;
          outcomes.add(node.report(checkIn(null, "job", CheckInStatus.SUCCESS)));
        }
        Set<String> closed = new TreeSet<>();
        outcomes.forEach(outcome -> closed.add(outcome.join().runId()));
        assertThat(closed).hasSize(4).allMatch(run -> run.startsWith(prefix));
        assertThat(openRuns()).isEmpty();
      }
      assertThat(count()).isEqualTo(rounds * 8L);
    }
  }

  @Test
  void whoFindsNoRoomIsSentBackAndThoseInsideAreServed() throws Exception {
    IntakeSettings small =
        new IntakeSettings(2, 10, Duration.ofMillis(2), 50, Duration.ofSeconds(20));
    try (Node node = Node.start(url, "small", small, transactions -> transactions)) {
      List<CompletableFuture<CheckInAccepted>> accepted = new ArrayList<>();
      int sentBack = 0;
      try (Connection blocker = postgres.getPostgresDatabase().getConnection()) {
        blocker.setAutoCommit(false);
        blocker.createStatement().execute("LOCK TABLE event_store.domain_event IN EXCLUSIVE MODE");
        for (int i = 0; i < 500; i++) {
          try {
            accepted.add(node.report(checkIn("room-" + i, "job-" + i, CheckInStatus.SUCCESS)));
          } catch (Problem problem) {
            assertThat(problem.status().value()).isEqualTo(503);
            assertThat(problem.retryAfterSeconds()).isPositive();
            sentBack++;
          }
        }
        assertThat(accepted).hasSize(50);
        assertThat(sentBack).isEqualTo(450);
        assertThat(accepted).noneMatch(CompletableFuture::isDone);
        blocker.rollback();
      }
      accepted.forEach(outcome -> assertThat(outcome.join().known()).isFalse());
      assertThat(node.report(checkIn("after", "job", CheckInStatus.SUCCESS)).join().known())
          .isFalse();
      assertThat(count()).isEqualTo(51);
    }
  }

  @Test
  void whoComesWhenTheIntakeHasClosedIsSentBack() {
    Node node = Node.start(url, "closed");
    node.close();

    assertThat(node.report(checkIn("late", "job", CheckInStatus.SUCCESS)))
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(Problem.class);
  }

  @Test
  void connectionsThatAreCutInTheMiddleOfALoadLoseNothingAndRepeatNothing() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    AtomicInteger answered = new AtomicInteger();
    try (Node node = Node.start(url, "cut");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> loads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        String job = "job-" + t;
        loads.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 150; i++) {
                    // no id of the client's own: a repetition would be a second run
                    CheckInAccepted answer =
                        node.report(checkIn(null, job, CheckInStatus.SUCCESS)).join();
                    acknowledged.add(answer.runId());
                    answered.incrementAndGet();
                  }
                }));
      }
      int cuts = 0;
      while (!loads.stream().allMatch(Future::isDone)) {
        if (answered.get() >= cuts * 100) {
          cuts++;
          jdbc.sql(
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut'")
              .query((row, number) -> row.getBoolean(1))
              .list();
        }
        Thread.onSpinWait();
      }
      for (Future<?> load : loads) {
        load.get();
      }
      assertThat(cuts).isGreaterThan(5);
    }
    assertThat(acknowledged).hasSize(8 * 150);
    assertThat(count()).isEqualTo(8 * 150);
    acknowledged.forEach(
        run ->
            assertThat(events(new RunId(Node.TENANT, run).toString()))
                .containsExactly("0 run.finished"));
  }

  @Test
  void aCommitWhoseAnswerIsLostIsFoundInTheLog() {
    AtomicInteger commits = new AtomicInteger();
    try (Node node =
        Node.start(
            url,
            "doubt",
            Node.SETTINGS,
            real -> failing(real, _ -> commits.incrementAndGet() == 2, true))) {
      node.report(checkIn("open", "job", CheckInStatus.RUNNING)).join();
      CheckInAccepted answer = node.report(checkIn(null, "job", CheckInStatus.SUCCESS)).join();
      assertThat(answer).isEqualTo(new CheckInAccepted("open", RunStatus.SUCCESS, false));
      assertThat(count()).isEqualTo(2);
    }
  }

  @Test
  void aCommitThatDidNotHappenIsDoneAgain() {
    AtomicInteger commits = new AtomicInteger();
    try (Node node =
        Node.start(
            url,
            "again",
            Node.SETTINGS,
            real -> failing(real, _ -> commits.incrementAndGet() == 2, false))) {
      node.report(checkIn("open", "job", CheckInStatus.RUNNING)).join();
      CheckInAccepted answer = node.report(checkIn(null, "job", CheckInStatus.SUCCESS)).join();
      assertThat(answer).isEqualTo(new CheckInAccepted("open", RunStatus.SUCCESS, false));
      assertThat(count()).isEqualTo(2);
    }
  }

  /** Transactions whose commit seems to fail: after it happened, or instead of it. */
  private static TransactionOperations failing(
      TransactionOperations real, Function<Integer, Boolean> when, boolean after) {
    return new TransactionOperations() {
      @Override
      public <T extends @Nullable Object> T execute(TransactionCallback<T> work) {
        boolean fails = when.apply(0);
        T result =
            real.execute(
                (TransactionStatus status) -> {
                  T done = work.doInTransaction(status);
                  if (fails && !after) {
                    status.setRollbackOnly();
                  }
                  return done;
                });
        if (fails) {
          throw new DataAccessResourceFailureException("the connection broke");
        }
        return result;
      }
    };
  }

  private static List<String> events(String streams) {
    return jdbc.sql(
            """
            SELECT sequence || ' ' || payload_type FROM event_store.domain_event
            WHERE aggregate_id LIKE ? ORDER BY aggregate_id, sequence
            """)
        .param(streams)
        .query((row, number) -> row.getString(1))
        .list();
  }

  private static long count() {
    return jdbc.sql("SELECT count(*) FROM event_store.domain_event").query(Long.class).single();
  }

  private static long distinctPlaces() {
    return jdbc.sql("SELECT count(DISTINCT (aggregate_id, sequence)) FROM event_store.domain_event")
        .query(Long.class)
        .single();
  }

  private static List<String> openRuns() {
    return jdbc.sql("SELECT run_id FROM event_store.open_run ORDER BY opened_at")
        .query((row, number) -> row.getString(1))
        .list();
  }
}
