package io.crontopus.projection.run;

import io.crontopus.projection.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** The latest run of each job that a batch touches, for {@code job_last_run}. */
final class LastRuns {

  private record Job(String tenantId, String namespace, String name) implements Comparable<Job> {
    private static final Comparator<Job> ORDER =
        Comparator.comparing(Job::tenantId).thenComparing(Job::namespace).thenComparing(Job::name);

    @Override
    public int compareTo(Job other) {
      return ORDER.compare(this, other);
    }
  }

  private static final Comparator<RunRow> NEWER =
      Comparator.comparing(RunRow::orderedAt).thenComparing(RunRow::runId);

  private static final String PUT =
      """
      INSERT INTO job_last_run AS l
        (tenant_id, namespace, name, run_id, status, started_at, finished_at, ordered_at)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant_id, namespace, name) DO UPDATE SET
        run_id = excluded.run_id,
        status = excluded.status,
        started_at = excluded.started_at,
        finished_at = excluded.finished_at,
        ordered_at = excluded.ordered_at
      WHERE (excluded.ordered_at, excluded.run_id) >= (l.ordered_at, l.run_id)
      """;

  private final Map<Job, RunRow> latest = new TreeMap<>();

  void note(RunRow run) {
    latest.merge(
        new Job(run.tenantId(), run.namespace(), run.jobName()),
        run,
        (one, other) -> NEWER.compare(one, other) > 0 ? one : other);
  }

  Collection<RunRow> runs() {
    return latest.values();
  }

  void write(Connection connection) throws SQLException {
    SqlArrays<RunRow> rows = new SqlArrays<>(connection, latest.values());
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      int column = 1;
      put.setArray(column++, rows.text(RunRow::tenantId));
      put.setArray(column++, rows.text(RunRow::namespace));
      put.setArray(column++, rows.text(RunRow::jobName));
      put.setArray(column++, rows.text(RunRow::runId));
      put.setArray(column++, rows.text(RunRow::status));
      put.setArray(column++, rows.time(RunRow::startedAt));
      put.setArray(column++, rows.time(RunRow::finishedAt));
      put.setArray(column, rows.time(RunRow::orderedAt));
      put.executeUpdate();
    }
  }
}
