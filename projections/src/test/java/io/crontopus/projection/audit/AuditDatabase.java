package io.crontopus.projection.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.proof.leaf.AuditLeaf;
import io.crontopus.proof.note.Checkpoint;
import io.crontopus.proof.note.SignedNote;
import io.crontopus.proof.note.VerifierKey;
import io.crontopus.proof.tree.Frontier;
import io.crontopus.proof.tree.Hash;
import io.crontopus.run.events.RunStarted;
import io.crontopus.tenant.events.TenantAdministered;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real database with a domain log and an audit log. */
final class AuditDatabase implements AutoCloseable {

  static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private final EmbeddedPostgres postgres;
  final HikariDataSource dataSource;
  final JdbcClient jdbc;
  final EventStreams streams;
  private final TransactionTemplate transaction;
  private int next;

  AuditDatabase() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    config.setMaximumPoolSize(20);
    dataSource = new HikariDataSource(config);
    List.of("event_store", "audit").forEach(schema -> SchemaMigration.migrate(dataSource, schema));
    jdbc = JdbcClient.create(dataSource);
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    streams = new EventStreams(dataSource, transactions);
    transaction = new TransactionTemplate(transactions);
  }

  /** Forgets everything. */
  void empty() {
    jdbc.sql(
            """
            TRUNCATE event_store.domain_event, audit.entry, audit.node, audit.log, audit.checkpoint,
                     audit.signing_key, audit.finding, audit.last_check RESTART IDENTITY
            """)
        .update();
    jdbc.sql("UPDATE audit.progress SET position = 0, signed_at = NULL").update();
  }

  /** Appends so many events, one each of these tenants in turn. */
  void append(int count, String... tenants) {
    List<NewEvent> events =
        IntStream.range(0, count)
            .mapToObj(i -> event(tenants[i % tenants.length], "r" + next++))
            .toList();
    transaction.executeWithoutResult(_ -> streams.domainLog().append(events));
  }

  /** The platform says that it removes a tenant. */
  void tellRemoval(String tenant) {
    NewEvent told =
        NewEvent.alone(
            new TenantAdministered(tenant, "purge", "over", null, "system", AT),
            Map.of("tenantId", "", "actor", "system", "traceId", ""),
            AT);
    transaction.executeWithoutResult(_ -> streams.domainLog().append(List.of(told)));
  }

  private static NewEvent event(String tenant, String run) {
    return new NewEvent(
        NewEvent.newId(),
        "run:" + tenant + ":" + run,
        0,
        "Run",
        new RunStarted(
            tenant, run, "default", "backup", null, null, null, "api", AT, AT, null, null, 0),
        Map.of("tenantId", tenant, "actor", "user:1", "traceId", ""),
        AT);
  }

  /** A node that signs as soon as it can. */
  AuditLog node(Path keyFile) {
    return node(keyFile, 7, false);
  }

  AuditLog node(Path keyFile, int batch, boolean acceptNewKey) {
    return new AuditLog(
        dataSource,
        streams.domainLog(),
        new AuditSettings(
            keyFile.toString(), acceptNewKey, Duration.ofMillis(50), Duration.ofHours(1), batch),
        new Findings(),
        new SimpleMeterRegistry());
  }

  /** Compares all there is. */
  List<Finding> check() throws SQLException, InterruptedException {
    try (AuditCheck check =
        new AuditCheck(
            dataSource,
            new Findings(),
            new AuditSettings("", false, Duration.ZERO, Duration.ofHours(1), 1),
            new SimpleMeterRegistry())) {
      return check.run(false);
    }
  }

  /** The size of what was signed last; 0 when nothing was. */
  long signedSize(String tenant) {
    return number(
        "SELECT coalesce(max(size), 0) FROM audit.checkpoint WHERE tenant_id = '" + tenant + "'");
  }

  long number(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  VerifierKey key() {
    return VerifierKey.parse(
        jdbc.sql("SELECT verifier FROM audit.signing_key ORDER BY valid_from DESC LIMIT 1")
            .query(String.class)
            .single());
  }

  /** The last checkpoint, if the key signed it. */
  Checkpoint checkpoint(String tenant, VerifierKey key) {
    SignedNote note =
        SignedNote.parse(
            jdbc.sql(
                    "SELECT note FROM audit.checkpoint WHERE tenant_id = ? ORDER BY size DESC LIMIT 1")
                .param(tenant)
                .query(String.class)
                .single());
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    if (note.signers(List.of(key.named(checkpoint.origin()))).isEmpty()) {
      throw new AssertionError("not signed: " + note);
    }
    return checkpoint;
  }

  /** The root over what is stored now, computed without the audit log's tables. */
  Hash rootOf(String tenant) {
    Frontier tree = Frontier.empty();
    jdbc.sql(
            """
            SELECT event_id, type, aggregate_id, sequence, payload_type, payload_revision, recorded_at, metadata, payload
            FROM event_store.domain_event WHERE aggregate_id LIKE ? ORDER BY global_index
            """)
        .param("run:" + tenant + ":%")
        .query(
            row -> {
              tree.append(
                  Hash.ofLeaf(
                      new AuditLeaf(
                              tenant,
                              tree.size(),
                              row.getString(1),
                              row.getString(2),
                              row.getString(3),
                              row.getLong(4),
                              row.getString(5),
                              row.getString(6),
                              row.getString(7),
                              row.getBytes(8),
                              row.getBytes(9))
                          .encode()));
            });
    return tree.root();
  }

  Connection connection() throws SQLException {
    return dataSource.getConnection();
  }

  @Override
  public void close() throws IOException {
    streams.close();
    dataSource.close();
    postgres.close();
  }
}
