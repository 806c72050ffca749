package io.crontopus.query.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.event.EventCatalog;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.projection.Projection;
import io.crontopus.projection.endpoint.EndpointProjection;
import io.crontopus.projection.endpoint.HeartbeatProjection;
import io.crontopus.projection.git.CommitProjection;
import io.crontopus.projection.history.Timeline;
import io.crontopus.projection.job.JobProjection;
import io.crontopus.projection.processing.ProjectionProcessors;
import io.crontopus.projection.run.RunProjection;
import io.crontopus.query.Platform;
import io.crontopus.query.past.RecordedLife.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The read side with projections that follow a log. */
final class PastPlatform implements AutoCloseable {

  private static final List<Projection> PROJECTIONS =
      List.of(
          new RunProjection(),
          new EndpointProjection(),
          new JobProjection(),
          new CommitProjection(),
          new HeartbeatProjection());

  private static final Duration BREATH = Duration.ofMillis(20);

  private final EventStreams streams;
  private final TransactionTemplate transaction;
  private final ProjectionProcessors processors;
  private final Timeline timeline;
  private final Map<String, Long> sequences = new HashMap<>();

  PastPlatform() {
    DataSource dataSource = Platform.get().dataSource();
    SchemaMigration.migrate(dataSource, "event_store");
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    streams = new EventStreams(dataSource, transactions);
    transaction = new TransactionTemplate(transactions);
    processors = new ProjectionProcessors(streams, dataSource, transactions, PROJECTIONS);
    processors.start();
    timeline = Timeline.start(jdbc(), transactions);
  }

  private static JdbcClient jdbc() {
    return Platform.get().jdbc();
  }

  /** Appends what happened, in one transaction for each log. */
  synchronized void append(List<Step> steps, Instant now) {
    List<NewEvent> domain = new ArrayList<>();
    for (Step step : steps) {
      if (step.isTelemetry()) {
        NewEvent event = NewEvent.alone(step.event(), Map.of(), now);
        transaction.executeWithoutResult(_ -> streams.telemetryLog().append(List.of(event)));
      } else {
        long sequence = sequences.merge(step.aggregate(), 0L, (before, _) -> before + 1);
        domain.add(
            new NewEvent(
                NewEvent.newId(), step.aggregate(), sequence, "Test", step.event(), Map.of(), now));
      }
    }
    transaction.executeWithoutResult(_ -> streams.domainLog().append(domain));
  }

  /** Waits until the API shows everything that was appended. */
  void caughtUp() {
    for (Projection projection : PROJECTIONS) {
      long last = lastOf(projection);
      await()
          .pollInterval(Duration.ofMillis(2))
          .untilAsserted(
              () ->
                  assertThat(processors.admin().find(projection.name()).orElseThrow().position())
                      .isGreaterThanOrEqualTo(last));
    }
  }

  private long lastOf(Projection projection) {
    String log = projection.log() == Projection.Log.DOMAIN ? "domain_event" : "telemetry_event";
    String[] names =
        projection.events().stream()
            .map(type -> EventCatalog.nameOf(type).orElseThrow())
            .toArray(String[]::new);
    return jdbc()
        .sql(
            "SELECT coalesce(max(global_index), 0) FROM event_store.%s WHERE payload_type = ANY (?)"
                .formatted(log))
        .param(names)
        .query(Long.class)
        .single();
  }

  /** A moment after everything that happened and before everything that will. */
  static Instant moment() {
    Instant moment = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(moment));
    return moment;
  }

  /** Leaves the machine to others for a moment. */
  static void pause() {
    LockSupport.parkNanos(BREATH.toNanos());
  }

  /** Waits until a later millisecond. */
  static Instant after(Instant moment) {
    Instant next = moment.plusMillis(1);
    await().pollInterval(Duration.ofMillis(1)).until(() -> !Instant.now().isBefore(next));
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Fills a projection's tables anew. */
  void rebuild(String projection) {
    assertThat(processors.admin().rebuild(projection, "user:1")).isTrue();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> processors.admin().find(projection).orElseThrow().rebuild() == null);
  }

  long parked() {
    return processors.admin().list().stream().mapToLong(status -> status.parked()).sum();
  }

  static long timelineEntries() {
    return jdbc().sql("SELECT count(*) FROM read_model.timeline").query(Long.class).single();
  }

  @Override
  public void close() {
    timeline.close();
    processors.close();
    streams.close();
  }
}
