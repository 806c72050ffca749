package io.crontopus.command.run.intake;

import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/** What it means for a batch that its transaction failed. */
enum Breakage {
  /** Another node was faster, or waited for us as we for it: the same again will do. */
  CONFLICT,
  /** The database does not answer, or the connection broke: later perhaps. */
  UNREACHABLE,
  /** Something in the batch cannot be stored. */
  BAD_COMMAND;

  static Breakage of(Throwable failure) {
    Breakage found = BAD_COMMAND;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DuplicateKeyException) {
        return CONFLICT;
      }
      // A rollback that fails says that the connection is gone, and hides the failure before it.
      if (cause instanceof TransactionException
          || cause instanceof DataAccessResourceFailureException) {
        found = UNREACHABLE;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return ofState(sql.getSQLState());
      }
    }
    return found;
  }

  private static Breakage ofState(String state) {
    if (state.equals("23505") || state.startsWith("40")) {
      return CONFLICT;
    }
    // 08 connection, 53 resources, 57P operator's intervention, 25006 read-only, 25P0x aborted idle
    boolean unreachable =
        state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57")
            || state.startsWith("25")
            || state.startsWith("58");
    return unreachable ? UNREACHABLE : BAD_COMMAND;
  }
}
