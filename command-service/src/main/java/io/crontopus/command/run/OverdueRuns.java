package io.crontopus.command.run;

import io.crontopus.run.JobRef;
import io.crontopus.run.RunId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The open runs whose deadline has passed, from {@code event_store.open_run}. */
final class OverdueRuns {

  private final JdbcClient jdbc;

  /**
   * A run, and the job that it is a run of.
   *
   * @param at when it was found overdue, by the database's clock: one node whose clock is ahead
   *     would end the runs of all
   */
  record Overdue(RunId run, JobRef job, Instant at) {}

  OverdueRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The longest overdue first. */
  List<Overdue> find(int most) {
    return jdbc.sql(
            """
            SELECT tenant_id, run_id, namespace, job_name, now() FROM event_store.open_run
            WHERE deadline <= now() ORDER BY deadline LIMIT ?
            """)
        .param(most)
        .query(
            (row, number) ->
                new Overdue(
                    new RunId(row.getString(1), row.getString(2)),
                    new JobRef(row.getString(3), row.getString(4)),
                    row.getObject(5, OffsetDateTime.class).toInstant()))
        .list();
  }
}
