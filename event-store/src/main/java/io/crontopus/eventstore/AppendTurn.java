package io.crontopus.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Who appends to a log waits for its turn and keeps it until the commit. So positions are given out
 * in the order in which they become visible, on any number of nodes: what a reader has passed is
 * never filled in later.
 *
 * <p>It is taken last, after all other rows of a transaction are written: who holds it waits for
 * nobody. Whoever does nothing with it for long loses it together with the connection.
 *
 * @param log which of the logs
 * @param longestPause the longest that its holder may keep the database waiting
 */
record AppendTurn(int log, Duration longestPause) {

  /** Says whose locks these are among all that use this database: "CTOP". */
  private static final int FAMILY = 0x43544F50;

  private static final String TAKE =
      "SELECT set_config('idle_in_transaction_session_timeout', ?, true), pg_advisory_xact_lock(?, ?)";

  void take(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(TAKE)) {
      lock.setString(1, longestPause.toMillis() + "ms");
      lock.setInt(2, FAMILY);
      lock.setInt(3, log);
      lock.execute();
    }
  }
}
