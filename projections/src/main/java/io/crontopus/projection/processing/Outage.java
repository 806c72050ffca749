package io.crontopus.projection.processing;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/**
 * Tells a database that cannot work now from an event that it will never take. Classes of SQL
 * states: appendix "PostgreSQL Error Codes" of its manual.
 */
final class Outage {

  /**
   * Connection, transaction rolled back, out of resources, not in prerequisite state, operator
   * intervention, system error, in that order.
   */
  private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

  /** A transaction that was idle or open for too long: a pause of this process. */
  private static final Set<String> TIMED_OUT = Set.of("25P03", "25P04");

  private static final int CLASS_LENGTH = 2;

  private Outage() {}

  static boolean is(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        return state != null
            && (TIMED_OUT.contains(state)
                || (state.length() > CLASS_LENGTH
                    && CLASSES.contains(state.substring(0, CLASS_LENGTH))));
      }
    }
    return failure instanceof TransactionException
        || failure instanceof NonTransientDataAccessResourceException;
  }
}
