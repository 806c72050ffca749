package io.crontopus.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;

/** The framework's storage engine, appending in turns like everybody else. */
final class TurnTakingStorageEngine extends JdbcEventStorageEngine {

  private final EventLog log;
  private final ConnectionProvider connections;
  private final TransactionManager transactions;

  TurnTakingStorageEngine(
      Builder builder,
      EventLog log,
      ConnectionProvider connections,
      TransactionManager transactions) {
    super(builder);
    this.log = log;
    this.connections = connections;
    this.transactions = transactions;
  }

  @Override
  protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
    if (events.isEmpty()) {
      return;
    }
    transactions.executeInTransaction(
        () -> {
          takeTurn();
          super.appendEvents(events, serializer);
        });
  }

  private void takeTurn() {
    try {
      Connection connection = connections.getConnection();
      try {
        log.takeTurn(connection);
      } finally {
        connection.close();
      }
    } catch (SQLException e) {
      throw new EventStoreException("the log cannot be appended to", e);
    }
  }
}
