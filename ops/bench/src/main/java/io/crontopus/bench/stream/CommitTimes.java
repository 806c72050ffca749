package io.crontopus.bench.stream;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.load.Latencies;
import io.crontopus.bench.platform.BenchPlatform;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** When the events of runs were committed, as PostgreSQL dates it. */
final class CommitTimes {

  private final Map<Long, Long> epochMicros = new HashMap<>();

  private CommitTimes() {}

  /** Of the runs {@code from} (inclusive) to {@code to} (exclusive). */
  static CommitTimes read(BenchPlatform platform, long from, long to) throws SQLException {
    CommitTimes times = new CommitTimes();
    String run = "run:" + platform.tenant() + ":";
    try (Connection connection = platform.database().connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT right(aggregate_id, 12)::bigint,
                  (1000000 * extract(epoch FROM pg_xact_commit_timestamp(xmin)))::bigint
                FROM event_store.domain_event WHERE aggregate_id >= ? AND aggregate_id < ?
                """)) {
      statement.setString(1, run + CheckIns.run(from));
      statement.setString(2, run + CheckIns.run(to));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          times.epochMicros.merge(rows.getLong(1), rows.getLong(2), Math::min);
        }
      }
    }
    return times;
  }

  /** From each run's commit to each receipt of it. */
  Latencies until(Receipts receipts) {
    Latencies latencies = new Latencies();
    for (int i = 0; i < receipts.size(); i++) {
      Long committed = epochMicros.get(receipts.run(i));
      if (committed != null) {
        latencies.add(TimeUnit.MICROSECONDS.toNanos(receipts.epochMicros(i) - committed));
      }
    }
    return latencies;
  }
}
