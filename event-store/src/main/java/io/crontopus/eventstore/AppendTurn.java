package io.crontopus.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Who appends to a log waits for its turn and keeps it until the commit. So positions are given out
 * in the order in which they become visible, on any number of nodes: what a reader has passed is
 * never filled in later.
 *
 * <p>It is taken last, after all other rows of a transaction are written: who holds it waits for
 * nobody.
 *
 * @param log which of the logs
 */
record AppendTurn(int log) {

  /** Says whose locks these are among all that use this database: "CTOP". */
  private static final int FAMILY = 0x43544F50;

  void take(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(?, ?)")) {
      lock.setInt(1, FAMILY);
      lock.setInt(2, log);
      lock.execute();
    }
  }
}
