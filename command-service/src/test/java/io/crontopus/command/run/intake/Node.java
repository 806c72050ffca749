package io.crontopus.command.run.intake;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.run.CheckInStatus;
import io.crontopus.run.JobRef;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.web.Origin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** An intake as one node has it, with connections of its own to a database that others share. */
final class Node implements AutoCloseable {

  static final String TENANT = "acme";
  static final IntakeSettings SETTINGS =
      new IntakeSettings(2, 100, Duration.ofMillis(2), 20_000, Duration.ofSeconds(20));
  private static final Origin ORIGIN = new Origin(TENANT, "user:test", "0".repeat(32));

  private final HikariDataSource connections;
  private final EventStreams streams;
  private final RunIntake intake;

  private Node(HikariDataSource connections, EventStreams streams, RunIntake intake) {
    this.connections = connections;
    this.streams = streams;
    this.intake = intake;
  }

  static Node start(String url, String name) {
    return start(url, name, SETTINGS, transactions -> transactions);
  }

  static Node start(
      String url,
      String name,
      IntakeSettings settings,
      UnaryOperator<TransactionOperations> transactions) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url + "&ApplicationName=" + name);
    config.setUsername("postgres");
    config.setMaximumPoolSize(4);
    HikariDataSource connections = new HikariDataSource(config);
    JdbcTransactionManager manager = new JdbcTransactionManager(connections);
    EventStreams streams = new EventStreams(connections, manager);
    RunIntake intake =
        RunIntake.start(
            connections,
            streams,
            transactions.apply(new TransactionTemplate(manager)),
            settings,
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    return new Node(connections, streams, intake);
  }

  /** Hands these over together; each has an outcome. */
  List<CompletableFuture<CheckInAccepted>> report(List<ReportCheckIn> checkIns) {
    List<CompletableFuture<CheckInAccepted>> outcomes = new ArrayList<>();
    List<RunCommand> commands = new ArrayList<>();
    for (ReportCheckIn checkIn : checkIns) {
      CompletableFuture<CheckInAccepted> outcome = new CompletableFuture<>();
      outcomes.add(outcome);
      commands.add(new RunCommand.CheckIn(checkIn, ORIGIN, reply(outcome)));
    }
    intake.take(commands);
    return outcomes;
  }

  CompletableFuture<CheckInAccepted> report(ReportCheckIn checkIn) {
    return report(List.of(checkIn)).getFirst();
  }

  private static Reply reply(CompletableFuture<CheckInAccepted> outcome) {
    return new Reply() {
      @Override
      public void accepted(CheckInAccepted answer) {
        outcome.complete(answer);
      }

      @Override
      public void failed(RuntimeException reason) {
        outcome.completeExceptionally(reason);
      }
    };
  }

  static ReportCheckIn checkIn(@Nullable String run, String job, CheckInStatus status) {
    Instant now = Instant.now();
    return new ReportCheckIn(
        TENANT,
        run,
        UUID.randomUUID().toString(),
        new JobRef("default", job),
        null,
        status,
        null,
        status == CheckInStatus.RUNNING ? now : null,
        status.closes() ? now : null,
        null,
        null,
        false,
        null,
        null,
        "api",
        now);
  }

  @Override
  public void close() {
    intake.close();
    streams.close();
    connections.close();
  }
}
