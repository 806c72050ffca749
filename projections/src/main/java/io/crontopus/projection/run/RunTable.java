package io.crontopus.projection.run;

import io.crontopus.eventstore.CopyRows;
import io.crontopus.projection.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of {@code run}. */
final class RunTable {

  private static final String COLUMNS =
      "tenant_id, run_id, namespace, job_name, job_id, endpoint_id, status, exit_code, started_at, finished_at,"
          + " duration_millis, output, output_truncated, error_message, source, commit_id, received_at, deadline,"
          + " ordered_at, began_position, ended_position, finished_position";

  private static final int COLUMN_COUNT = 22;

  private static final String FIND =
      "SELECT "
          + COLUMNS
          + " FROM run JOIN unnest(?, ?) AS wanted (tenant_id, run_id) USING (tenant_id, run_id)";

  /** What a run is called and when it was first heard of never change. */
  private static final String PUT =
      "INSERT INTO run ("
          + COLUMNS
          + ") SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?::int[], ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + """
           ON CONFLICT (tenant_id, run_id) DO UPDATE SET
            job_id = excluded.job_id,
            endpoint_id = excluded.endpoint_id,
            status = excluded.status,
            exit_code = excluded.exit_code,
            started_at = excluded.started_at,
            finished_at = excluded.finished_at,
            duration_millis = excluded.duration_millis,
            output = excluded.output,
            output_truncated = excluded.output_truncated,
            error_message = excluded.error_message,
            commit_id = excluded.commit_id,
            received_at = excluded.received_at,
            deadline = excluded.deadline,
            ended_position = excluded.ended_position,
            finished_position = excluded.finished_position
          """;

  private RunTable() {}

  /** The rows of these runs, where there are some. */
  static List<RunRow> find(Connection connection, Collection<RunKey> runs) throws SQLException {
    SqlArrays<RunKey> keys = new SqlArrays<>(connection, runs);
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setArray(1, keys.text(RunKey::tenantId));
      query.setArray(2, keys.text(RunKey::runId));
      try (ResultSet rows = query.executeQuery()) {
        List<RunRow> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row(rows));
        }
        return found;
      }
    }
  }

  /** Writes rows of runs that have none yet. */
  static void add(Connection connection, Collection<RunRow> runs) throws SQLException {
    CopyRows rows = new CopyRows();
    for (RunRow run : runs) {
      rows.row(COLUMN_COUNT)
          .text(run.tenantId())
          .text(run.runId())
          .text(run.namespace())
          .text(run.jobName())
          .text(run.jobId())
          .text(run.endpointId())
          .text(run.status())
          .int4(run.exitCode())
          .time(run.startedAt())
          .time(run.finishedAt())
          .int8(run.durationMillis())
          .text(run.output())
          .flag(run.outputTruncated())
          .text(run.errorMessage())
          .text(run.source())
          .text(run.commit())
          .time(run.receivedAt())
          .time(run.deadline())
          .time(run.orderedAt())
          .int8(run.began())
          .int8(run.ended())
          .int8(run.finished());
    }
    rows.into(connection, "run (" + COLUMNS + ")");
  }

  /** Writes these rows, new or not. */
  static void put(Connection connection, Collection<RunRow> runs) throws SQLException {
    if (runs.isEmpty()) {
      return;
    }
    SqlArrays<RunRow> rows = new SqlArrays<>(connection, runs);
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      int column = 1;
      put.setArray(column++, rows.text(RunRow::tenantId));
      put.setArray(column++, rows.text(RunRow::runId));
      put.setArray(column++, rows.text(RunRow::namespace));
      put.setArray(column++, rows.text(RunRow::jobName));
      put.setArray(column++, rows.text(RunRow::jobId));
      put.setArray(column++, rows.text(RunRow::endpointId));
      put.setArray(column++, rows.text(RunRow::status));
      put.setArray(column++, rows.number(RunRow::exitCode));
      put.setArray(column++, rows.time(RunRow::startedAt));
      put.setArray(column++, rows.time(RunRow::finishedAt));
      put.setArray(column++, rows.number(RunRow::durationMillis));
      put.setArray(column++, rows.text(RunRow::output));
      put.setArray(column++, rows.flag(RunRow::outputTruncated));
      put.setArray(column++, rows.text(RunRow::errorMessage));
      put.setArray(column++, rows.text(RunRow::source));
      put.setArray(column++, rows.text(RunRow::commit));
      put.setArray(column++, rows.time(RunRow::receivedAt));
      put.setArray(column++, rows.time(RunRow::deadline));
      put.setArray(column++, rows.time(RunRow::orderedAt));
      put.setArray(column++, rows.number(RunRow::began));
      put.setArray(column++, rows.number(RunRow::ended));
      put.setArray(column, rows.number(RunRow::finished));
      put.executeUpdate();
    }
  }

  private static RunRow row(ResultSet row) throws SQLException {
    return new RunRow(
        row.getString("tenant_id"),
        row.getString("run_id"),
        row.getString("namespace"),
        row.getString("job_name"),
        row.getString("job_id"),
        row.getString("endpoint_id"),
        row.getString("status"),
        row.getObject("exit_code", Integer.class),
        time(row, "started_at"),
        time(row, "finished_at"),
        row.getObject("duration_millis", Long.class),
        row.getString("output"),
        row.getBoolean("output_truncated"),
        row.getString("error_message"),
        row.getString("source"),
        row.getString("commit_id"),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        time(row, "deadline"),
        row.getObject("ordered_at", OffsetDateTime.class).toInstant(),
        row.getLong("began_position"),
        row.getObject("ended_position", Long.class),
        row.getObject("finished_position", Long.class));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
