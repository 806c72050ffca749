package io.crontopus.standalone.harness;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How many runs a platform has, by four accounts that have to agree.
 *
 * @param stored runs whose end is in the event log, and is there once
 * @param rows rows of the read model
 * @param countedByHour the sum of the counts by hour, by job
 * @param countedByDay the same by day
 */
public record RunCount(long stored, long rows, long countedByHour, long countedByDay) {

  /** What its database says now. */
  public static RunCount of(PlatformProcess platform) {
    try (Connection database = platform.database();
        Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT
                  (SELECT count(*) FROM (
                     SELECT aggregate_id FROM event_store.domain_event WHERE payload_type = 'run.finished'
                     GROUP BY aggregate_id HAVING count(*) = 1) AS once),
                  (SELECT count(*) FROM read_model.run),
                  (SELECT coalesce(sum(runs), 0) FROM read_model.run_hourly WHERE endpoint_id = ''),
                  (SELECT coalesce(sum(runs), 0) FROM read_model.run_daily WHERE endpoint_id = '')
                """)) {
      row.next();
      return new RunCount(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
