package io.crontopus.query.audit;

import io.crontopus.cli.CrontopusCli;
import io.crontopus.cli.shell.Surroundings;
import io.crontopus.cli.shell.Terminal;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.projection.audit.AuditConfiguration;
import io.crontopus.query.Platform;
import io.crontopus.run.events.RunTimedOut;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The read side with an audit log that is kept beside it, and the command line in front of it. */
final class AuditedPlatform implements AutoCloseable {

  static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  /** How a command ended. */
  record Result(int exitCode, String out, String err) {}

  private final Path folder;
  private final EventStreams streams;
  private final TransactionTemplate transaction;
  private final AnnotationConfigApplicationContext auditor;
  private int next;

  AuditedPlatform(Path folder) {
    this.folder = folder;
    DataSource dataSource = Platform.get().dataSource();
    SchemaMigration.migrate(dataSource, "event_store");
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    streams = new EventStreams(dataSource, transactions);
    transaction = new TransactionTemplate(transactions);
    auditor = new AnnotationConfigApplicationContext();
    auditor
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                Map.of(
                    "crontopus.audit.key-file",
                    folder.resolve("audit.key").toString(),
                    "crontopus.audit.checkpoint-every",
                    "50ms")));
    auditor.getBeanFactory().setConversionService(new ApplicationConversionService());
    auditor.getBeanFactory().registerSingleton("auditDataSource", dataSource);
    auditor.getBeanFactory().registerSingleton("streams", streams);
    auditor.getBeanFactory().registerSingleton("metrics", new SimpleMeterRegistry());
    auditor.register(AuditConfiguration.class);
    auditor.refresh();
  }

  static JdbcClient jdbc() {
    return Platform.get().jdbc();
  }

  /** Appends events, one of each of these tenants in turn. */
  void append(int count, String... tenants) {
    List<NewEvent> events =
        IntStream.range(0, count).mapToObj(i -> event(tenants[i % tenants.length])).toList();
    transaction.executeWithoutResult(_ -> streams.domainLog().append(events));
  }

  private NewEvent event(String tenant) {
    int number = next++;
    return new NewEvent(
        NewEvent.newId(),
        "run:" + tenant + ":r" + number,
        0,
        "Run",
        new RunTimedOut(tenant, "r" + number, AT, AT.plusSeconds(number)),
        Map.of("tenantId", tenant, "actor", "user:" + number % 2, "traceId", ""),
        AT.plusSeconds(number));
  }

  /** The position in the log of an event of a tenant. */
  long position(String tenant, long seq) {
    return jdbc()
        .sql("SELECT position FROM audit.entry WHERE tenant_id = ? AND seq = ?")
        .params(tenant, seq)
        .query(Long.class)
        .single();
  }

  long signed(String tenant) {
    return jdbc()
        .sql("SELECT coalesce(max(size), 0) FROM audit.checkpoint WHERE tenant_id = ?")
        .param(tenant)
        .query(Long.class)
        .single();
  }

  /** Runs a command of somebody with this token. */
  Result run(String token, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            Map.of(
                "CRONTOPUS_SERVER",
                "http://127.0.0.1:" + Platform.get().port(),
                "CRONTOPUS_TOKEN",
                token),
            new ByteArrayInputStream(new byte[0]),
            out,
            err,
            folder,
            folder,
            Clock.systemUTC(),
            new NoTerminal());
    int exitCode = new CrontopusCli(surroundings).createCommandLine().execute(arguments);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    auditor.close();
    streams.close();
  }

  private record NoTerminal() implements Terminal {

    @Override
    public boolean inputIsTerminal() {
      return false;
    }

    @Override
    public boolean outputIsTerminal() {
      return false;
    }

    @Override
    public Optional<Integer> width() {
      return Optional.empty();
    }

    @Override
    public Optional<String> askSecret(String prompt) {
      return Optional.empty();
    }
  }
}
