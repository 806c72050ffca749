package io.crontopus.eventstore;

import java.util.concurrent.TimeUnit;
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
 * The two event streams on PostgreSQL, and what everything around them shares. Wired by hand: the
 * framework's auto-configuration falls back to memory without a word when it does not find JPA.
 */
public final class EventStreams implements AutoCloseable {

  /**
   * Writers may lag this many rows behind before their gap is given up: 60 s at 25,000 events a
   * second.
   */
  private static final int MAX_GAP_OFFSET = 1_500_000;

  private static final int GAP_TIMEOUT_MILLIS = 60_000;
  private static final long REMOTE_COMMIT_POLL_MILLIS = 200;

  private final ConnectionProvider connections;
  private final TransactionManager transactions;
  private final EventSerializer serializer = EventSerializer.create();
  private final EmbeddedEventStore domain;
  private final EmbeddedEventStore telemetry;

  /**
   * Opens the streams.
   *
   * @param dataSource connections to the database that holds schema {@code event_store}
   * @param transactionManager the manager of the same connections' transactions
   */
  public EventStreams(DataSource dataSource, PlatformTransactionManager transactionManager) {
    connections = new SpringDataSourceConnectionProvider(dataSource);
    transactions = new SpringTransactionManager(transactionManager);
    domain = store("event_store.domain_event");
    telemetry = store("event_store.telemetry_event");
  }

  /** Facts, kept for ever. */
  public EmbeddedEventStore domain() {
    return domain;
  }

  /** Heartbeats, kept for a while. */
  public EmbeddedEventStore telemetry() {
    return telemetry;
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
    telemetry.shutDown();
  }

  private EmbeddedEventStore store(String table) {
    JdbcEventStorageEngine engine =
        JdbcEventStorageEngine.builder()
            .connectionProvider(connections)
            .transactionManager(transactions)
            .eventSerializer(serializer)
            .snapshotSerializer(serializer)
            .persistenceExceptionResolver(new UniqueViolation())
            .schema(schema(table))
            .maxGapOffset(MAX_GAP_OFFSET)
            .gapTimeout(GAP_TIMEOUT_MILLIS)
            .build();
    return EmbeddedEventStore.builder()
        .storageEngine(engine)
        .fetchDelay(REMOTE_COMMIT_POLL_MILLIS)
        .timeUnit(TimeUnit.MILLISECONDS)
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
