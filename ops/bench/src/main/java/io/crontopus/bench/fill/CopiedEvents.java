package io.crontopus.bench.fill;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.PlatformDatabase;
import io.crontopus.bench.session.BenchFailure;
import java.sql.SQLException;
import java.util.Map;

/**
 * Fills the log with runs that have ended: copies of one that was reported, under other names, in
 * one transaction.
 */
public final class CopiedEvents {

  private static final String LOG = "event_store.domain_event";
  private static final long ORIGINAL = 999_999_999_999L;
  private static final int JOBS = 1_000;

  private final PlatformDatabase database;
  private final String tenant;

  private CopiedEvents(PlatformDatabase database, String tenant) {
    this.database = database;
    this.tenant = tenant;
  }

  /** Reports the run that is to be copied. */
  public static CopiedEvents of(BenchPlatform platform) throws InterruptedException, SQLException {
    platform
        .api()
        .post(
            "/api/checkins",
            Map.of(
                "job_name",
                "job-0000",
                "run_id",
                CheckIns.run(ORIGINAL),
                "status",
                "success",
                "exit_code",
                0,
                "started_at",
                "2026-01-01T03:00:00.000Z",
                "finished_at",
                "2026-01-01T03:00:02.250Z",
                "output",
                "backed up 1204 files, 0 failed\n"));
    CopiedEvents events = new CopiedEvents(platform.database(), platform.tenant());
    if (events.database.number(
            "SELECT count(*) FROM " + LOG + " WHERE aggregate_id = ?", events.aggregate())
        != 1) {
      throw new BenchFailure("a run that has ended is no longer one event: the bench has to learn");
    }
    return events;
  }

  private String aggregate() {
    return "run:" + tenant + ":" + CheckIns.run(ORIGINAL);
  }

  /** Appends the ends of the runs {@code from} (inclusive) to {@code to} (exclusive). */
  public void append(long from, long to) throws SQLException {
    String run = "'" + CheckIns.PREFIX + "' || lpad(i::text, 12, '0')";
    String payload =
        "replace(replace(convert_from(t.payload, 'UTF8'), '%s', %s), 'job-0000', 'job-' || lpad((i %% %d)::text, 4, '0'))"
            .formatted(CheckIns.run(ORIGINAL), run, JOBS);
    new CopiedRows(
            LOG,
            "aggregate_id = '" + aggregate() + "'",
            Map.of(
                "aggregate_id",
                "'run:" + tenant + ":' || " + run,
                "event_id",
                "uuidv7()::text",
                "payload",
                "convert_to(" + payload + ", 'UTF8')"))
        .insert(database, from, to);
  }
}
