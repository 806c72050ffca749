package io.crontopus.eventstore;

import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The two event logs on PostgreSQL, and what everything around them shares. Wired by hand: the
 * framework's auto-configuration falls back to memory without a word when it does not find JPA.
 */
public final class EventStreams implements AutoCloseable {

  private static final String DOMAIN = "event_store.domain_event";

  /** The same log, as far as it is of the tenant that the transaction names. */
  private static final String TENANTS = "event_store.tenant_event";

  private static final String TELEMETRY = "event_store.telemetry_event";
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final AppendTurn DOMAIN_TURN = new AppendTurn(1, LONGEST_PAUSE);
  private static final AppendTurn TELEMETRY_TURN = new AppendTurn(2, LONGEST_PAUSE);

  private final ConnectionProvider connections;
  private final TransactionManager transactions;
  private final EventSerializer serializer = EventSerializer.create();
  private final EventLog domainLog;
  private final EventLog telemetryLog;
  private final EmbeddedEventStore domain;

  /**
   * Opens the streams; aggregates load and publish whatever the connections' role may.
   *
   * @param dataSource connections to the database that holds schema {@code event_store}
   * @param transactionManager the manager of the same connections' transactions
   */
  public EventStreams(DataSource dataSource, PlatformTransactionManager transactionManager) {
    this(dataSource, transactionManager, DOMAIN);
  }

  /**
   * Opens the streams; aggregates load and publish what is of the tenant that their transaction
   * names, and nothing else.
   */
  public static EventStreams byTenant(
      DataSource dataSource, PlatformTransactionManager transactionManager) {
    return new EventStreams(dataSource, transactionManager, TENANTS);
  }

  private EventStreams(
      DataSource dataSource, PlatformTransactionManager transactionManager, String aggregates) {
    connections = new SpringDataSourceConnectionProvider(dataSource);
    transactions = new SpringTransactionManager(transactionManager);
    domainLog = new EventLog(dataSource, DOMAIN, DOMAIN_TURN, serializer);
    telemetryLog = new EventLog(dataSource, TELEMETRY, TELEMETRY_TURN, serializer);
    domain = store(aggregates, domainLog);
  }

  /** Facts, kept for ever, as aggregates load and publish them. */
  public EmbeddedEventStore domain() {
    return domain;
  }

  /** Facts, kept for ever, in the order in which they were written. */
  public EventLog domainLog() {
    return domainLog;
  }

  /** Heartbeats, kept for a while, in the order in which they were written. */
  public EventLog telemetryLog() {
    return telemetryLog;
  }

  /** Connections that take part in the transaction of the thread, if there is one. */
  public ConnectionProvider connections() {
    return connections;
  }

  /** The transactions that events, tokens and projections share. */
  public TransactionManager transactions() {
    return transactions;
  }

  /** The serializer of events and tokens. */
  public EventSerializer serializer() {
    return serializer;
  }

  @Override
  public void close() {
    domain.shutDown();
    domainLog.close();
    telemetryLog.close();
  }

  private EmbeddedEventStore store(String table, EventLog log) {
    JdbcEventStorageEngine.Builder engine =
        JdbcEventStorageEngine.builder()
            .connectionProvider(connections)
            .transactionManager(transactions)
            .eventSerializer(serializer)
            .snapshotSerializer(serializer)
            .persistenceExceptionResolver(new UniqueViolation())
            .schema(schema(table));
    return EmbeddedEventStore.builder()
        .storageEngine(new TurnTakingStorageEngine(engine, log, connections, transactions))
        .build();
  }

  private static EventSchema schema(String table) {
    return EventSchema.builder()
        .eventTable(table)
        .snapshotTable("event_store.snapshot_event")
        .globalIndexColumn("global_index")
        .timestampColumn("recorded_at")
        .eventIdentifierColumn("event_id")
        .aggregateIdentifierColumn("aggregate_id")
        .sequenceNumberColumn("sequence")
        .typeColumn("type")
        .payloadTypeColumn("payload_type")
        .payloadRevisionColumn("payload_revision")
        .payloadColumn("payload")
        .metaDataColumn("metadata")
        .build();
  }
}
