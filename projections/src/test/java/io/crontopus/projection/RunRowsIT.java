package io.crontopus.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.projection.ToldRuns.Report;
import io.crontopus.projection.processing.ProjectionAdmin;
import io.crontopus.projection.processing.ProjectionProcessors;
import io.crontopus.run.CheckInRejected;
import io.crontopus.run.CheckInStatus;
import io.crontopus.run.JobRef;
import io.crontopus.run.RunBook;
import io.crontopus.run.RunBook.Decision;
import io.crontopus.run.RunBook.JobKey;
import io.crontopus.run.RunId;
import io.crontopus.run.RunSettings;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.commands.TimeOutRun;
import io.crontopus.run.events.RunEvent;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reports of many jobs of many tenants, interleaved, repeated, late and out of order, with and
 * without ids, in transactions of any size while two nodes project them: the rows, the counts and
 * the latest runs are what a much simpler model says. So they are after a rebuild.
 */
class RunRowsIT {

  private static final int TENANTS = 150;
  private static final int REPORTS = 40;
  private static final Duration MAX = Duration.ofMinutes(40);
  private static final Duration GRACE = Duration.ofMinutes(5);

  /** So that the reports of three hours are of two days. */
  private static final Instant EVENING = Instant.parse("2026-05-01T22:30:00Z");

  private static final int MILLIS = 3 * 3_600_000;

  private static EmbeddedPostgres postgres;
  private static HikariDataSource dataSource;
  private static JdbcClient jdbc;

  private final List<NewEvent> waiting = new ArrayList<>();

  /** The real thing and the model of it. */
  private record Tenant(String id, RunBook book, ToldRuns model) {}

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

  @Test
  void rowsAreWhatTheModelSays() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<Tenant> tenants = IntStream.range(0, TENANTS).mapToObj(i -> tenant("t" + i)).toList();
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    try (EventStreams streams = new EventStreams(dataSource, transactions);
        ProjectionProcessors one =
            ProjectionsConfiguration.processors(streams, dataSource, transactions);
        ProjectionProcessors other =
            ProjectionsConfiguration.processors(streams, dataSource, transactions)) {
      one.start();
      other.start();
      for (int i = 0; i < TENANTS * REPORTS; i++) {
        report(tenants.get(random.nextInt(TENANTS)), random, "new-" + i);
        if (random.nextInt(30) == 0) {
          append(streams, transaction);
        }
      }
      append(streams, transaction);
      await("projected")
          .atMost(Duration.ofSeconds(30))
          .until(() -> isAtHead(one.admin().find("runs").orElseThrow()));
      tenants.forEach(tenant -> compare(tenant, seed, "live"));

      one.admin().rebuild("runs", "test");
      await("rebuilt")
          .atMost(Duration.ofSeconds(30))
          .until(() -> one.admin().find("runs").orElseThrow().rebuild() == null);
      tenants.forEach(tenant -> compare(tenant, seed, "rebuilt"));
    }
  }

  private static boolean isAtHead(ProjectionAdmin.Status status) {
    return status.position() == status.head();
  }

  private static Tenant tenant(String id) {
    RunBook book = new RunBook();
    book.enterSettings(
        new JobKey(id, new JobRef("default", "a")), new RunSettings("id", "c", MAX, GRACE));
    return new Tenant(id, book, new ToldRuns(MAX.plus(GRACE)));
  }

  private void append(EventStreams streams, TransactionTemplate transaction) {
    transaction.executeWithoutResult(_ -> streams.domainLog().append(List.copyOf(waiting)));
    waiting.clear();
  }

  /** One of few runs, jobs and endpoints, so that reports meet; a third of them name no run. */
  private void report(Tenant tenant, SplittableRandom random, String fresh) {
    CheckInStatus[] kinds = CheckInStatus.values();
    int kind = random.nextInt(kinds.length + 1);
    String run = random.nextInt(3) == 0 && kind < kinds.length ? null : "r" + random.nextInt(4);
    Report report =
        new Report(
            run,
            random.nextInt(4) == 0 ? "b" : "a",
            random.nextInt(3) == 0 ? "e2" : "e1",
            kind < kinds.length ? kinds[kind] : null,
            EVENING.plusMillis(random.nextInt(MILLIS)));
    int times = random.nextInt(5) == 0 ? 2 : 1;
    boolean sameAgain = random.nextBoolean();
    for (int i = 0; i < times; i++) {
      // Said again, a report without an id is another one; the same that is sent again is not.
      String id = sameAgain ? fresh : fresh + "-" + i;
      tenant.model().take(report, id);
      decide(tenant, report, id);
    }
  }

  private void decide(Tenant tenant, Report report, String fresh) {
    try {
      CheckInStatus status = report.status();
      Decision decision =
          status == null
              ? tenant
                  .book()
                  .decide(
                      new TimeOutRun(
                          new RunId(tenant.id(), String.valueOf(report.run())), report.at()))
              : tenant.book().decide(checkIn(tenant.id(), report, status, fresh));
      long sequence = decision.firstSequence();
      for (RunEvent event : decision.events()) {
        waiting.add(
            new NewEvent(
                NewEvent.newId(),
                decision.run().toString(),
                sequence++,
                "Run",
                event,
                Map.of("tenantId", tenant.id(), "actor", "agent", "traceId", ""),
                report.at()));
      }
    } catch (CheckInRejected e) {
      // The model takes no notice of it either.
    }
  }

  private static ReportCheckIn checkIn(
      String tenant, Report report, CheckInStatus status, String fresh) {
    return new ReportCheckIn(
        tenant,
        report.run(),
        fresh,
        new JobRef("default", report.job()),
        report.endpoint(),
        status,
        null,
        status == CheckInStatus.RUNNING ? report.at() : null,
        status.closes() ? report.at() : null,
        null,
        status == CheckInStatus.LOG ? "line\n" : null,
        false,
        null,
        null,
        "agent",
        report.at());
  }

  private static void compare(Tenant tenant, long seed, String when) {
    String as = "%s, tenant %s, seed %d".formatted(when, tenant.id(), seed);
    assertThat(rows(tenant.id())).as(as).isEqualTo(tenant.model().rows());
    assertThat(counts(tenant.id(), "run_hourly", "hour"))
        .as(as)
        .isEqualTo(tenant.model().counts(ChronoUnit.HOURS));
    assertThat(counts(tenant.id(), "run_daily", "day"))
        .as(as)
        .isEqualTo(tenant.model().counts(ChronoUnit.DAYS));
    assertThat(
            pairs(
                tenant.id(),
                "SELECT name, run_id || ' ' || status FROM read_model.job_last_run WHERE tenant_id = ?"))
        .as(as)
        .isEqualTo(tenant.model().latest());
  }

  private static List<@Nullable String> rows(String tenant) {
    return jdbc.sql(
            """
            SELECT concat_ws(' ', run_id, job_name, endpoint_id, status,
              coalesce((extract(epoch FROM finished_at) * 1000)::bigint::text, '-'),
              coalesce(duration_millis::text, '-'))
            FROM read_model.run WHERE tenant_id = ? ORDER BY run_id COLLATE "C"
            """)
        .param(tenant)
        .query(String.class)
        .list();
  }

  private static SortedMap<String, String> counts(String tenant, String table, String bucket) {
    return pairs(
        tenant,
        """
        SELECT concat_ws(' ', (extract(epoch FROM %s) * 1000)::bigint, coalesce(nullif(job_name, ''), '-'),
          coalesce(nullif(endpoint_id, ''), '-'), status),
          concat_ws(' ', runs, duration_millis_total, duration_millis_max)
        FROM read_model.%s WHERE tenant_id = ? AND runs <> 0
        """
            .formatted(bucket, table));
  }

  private static SortedMap<String, String> pairs(String tenant, String sql) {
    SortedMap<String, String> pairs = new TreeMap<>();
    jdbc.sql(sql)
        .param(tenant)
        .query(
            row -> {
              pairs.put(row.getString(1), row.getString(2));
            });
    return pairs;
  }
}
