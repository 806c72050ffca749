package io.crontopus.bench.checkins;

import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.platform.PlatformDatabase;
import io.crontopus.bench.session.BenchFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Whether what was acknowledged is in the log, once.
 *
 * @param acknowledged check-ins with a 2xx
 * @param missing of these, how many the log does not have
 * @param repeated runs whose end the log has more than once, acknowledged or not
 */
public record StoredOnce(long acknowledged, long missing, long repeated) {

  private static final int FETCH = 10_000;

  /** Looks at all check-ins of a load with {@code items} check-ins a request. */
  public static StoredOnce check(
      PlatformDatabase database, String tenant, LoadResult load, int items) throws SQLException {
    long first = load.first() * items;
    byte[] stored = new byte[(int) (load.end() * items - first)];
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT right(aggregate_id, 12)::bigint FROM event_store.domain_event
                WHERE aggregate_id >= ? AND aggregate_id < ? AND payload_type LIKE '%inished%'
                """)) {
      connection.setAutoCommit(false);
      statement.setFetchSize(FETCH);
      String run = "run:" + tenant + ":";
      statement.setString(1, run + CheckIns.run(first));
      statement.setString(2, run + CheckIns.run(first + stored.length));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int at = (int) (rows.getLong(1) - first);
          stored[at] = (byte) Math.min(stored[at] + 1, 2);
        }
      }
    }
    return count(load, items, stored);
  }

  private static StoredOnce count(LoadResult load, int items, byte[] stored) {
    long acknowledged = 0;
    long missing = 0;
    long repeated = 0;
    for (int i = 0; i < stored.length; i++) {
      if (load.acknowledged(load.first() + i / items)) {
        acknowledged++;
        missing += stored[i] == 0 ? 1 : 0;
      }
      repeated += stored[i] > 1 ? 1 : 0;
    }
    return new StoredOnce(acknowledged, missing, repeated);
  }

  public boolean isRight() {
    return missing == 0 && repeated == 0;
  }

  /**
   * Looks back at all loads of a bench.
   *
   * @throws BenchFailure when one of them is not right
   */
  static void requireRight(List<StoredOnce> loads) {
    if (!loads.stream().allMatch(StoredOnce::isRight)) {
      throw new BenchFailure(
          "%,d acknowledged check-ins are not in the log, and %,d runs ended there twice"
              .formatted(
                  loads.stream().mapToLong(StoredOnce::missing).sum(),
                  loads.stream().mapToLong(StoredOnce::repeated).sum()));
    }
  }
}
