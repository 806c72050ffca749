package io.crontopus.bench.queries;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.fill.CopiedRows;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.PlatformDatabase;
import io.crontopus.bench.projections.RunRows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * Very many runs in the read model: of the last thirty days, a thousand jobs in five namespaces,
 * some of which run far more often than others, on a thousand endpoints, ten for each job.
 */
public final class FilledRuns {

  static final int JOBS = 1_000;
  static final int NAMESPACES = 5;
  static final int ENDPOINTS = 1_000;
  static final int ENDPOINTS_PER_JOB = 10;
  static final int DAYS = 30;

  private static final String ORIGINAL_JOB = "original";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long ORIGINAL = 888_888_888_888L;

  /** Pseudo-random, the same in each run: 0 to 1, by the number of the row and a salt. */
  private static final String RANDOM = "((hashint8extended(i, %d) & 1048575)::float8 / 1048576)";

  private FilledRuns() {}

  /** Makes {@code count} runs. */
  public static void fill(BenchPlatform platform, long count)
      throws SQLException, InterruptedException {
    platform
        .api()
        .post(
            "/api/checkins",
            Map.of(
                "job_name",
                ORIGINAL_JOB,
                "run_id",
                CheckIns.run(ORIGINAL),
                "exit_code",
                0,
                "output",
                "backed up 1204 files, 0 failed\n"));
    new RunRows(platform).awaitVisible(ORIGINAL, PATIENCE);
    PlatformDatabase database = platform.database();
    runs(platform.tenant(), count).insertThenIndex(database, 0, count);
    count(database, "run_hourly", "hour");
    count(database, "run_daily", "day");
    if (database.number(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'read_model' AND tablename = 'job_last_run'")
        == 1) {
      lastRuns(platform.tenant()).insert(database, 0, JOBS);
      database.run("VACUUM (ANALYZE) read_model.job_last_run");
    }
    // what the filling has left to write is no part of what a list costs
    database.run("CHECKPOINT");
  }

  /** The counts that the projection keeps of each job on each endpoint. */
  private static void count(PlatformDatabase database, String table, String span)
      throws SQLException {
    if (database.number(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'read_model' AND tablename = ?",
            table)
        == 0) {
      return;
    }
    database.run(
        """
        SET synchronous_commit = off; SET work_mem = '512MB';
        INSERT INTO read_model.%1$s (tenant_id, %2$s, namespace, job_name, endpoint_id, status, runs, duration_count,
          duration_millis_total, duration_millis_max)
        SELECT tenant_id, date_trunc('%2$s', ordered_at, 'UTC'), namespace, job_name, coalesce(endpoint_id, ''), status,
          count(*), count(*), sum(coalesce(duration_millis, 0)), max(coalesce(duration_millis, 0))
        FROM read_model.run GROUP BY 1, 2, 3, 4, 5, 6
        ON CONFLICT DO NOTHING
        """
            .formatted(table, span),
        "VACUUM (ANALYZE) read_model." + table);
  }

  private static CopiedRows runs(String tenant, long count) {
    String job = "floor(%d * power(%s, 3))::int".formatted(JOBS, RANDOM.formatted(1));
    String chance = RANDOM.formatted(2);
    String at =
        "date_trunc('milliseconds', now() - interval '%d days' * ((%d - i)::float8 / %d))"
            .formatted(DAYS, count, count);
    return new CopiedRows(
        "read_model.run",
        "tenant_id = '%s' AND job_name = '%s'".formatted(tenant, ORIGINAL_JOB),
        Map.of(
            "run_id",
            "'run-' || lpad(i::text, 12, '0')",
            "namespace",
            namespace("(" + job + ")"),
            "job_name",
            jobName("(" + job + ")"),
            "endpoint_id",
            endpoint("((" + job + ") * 7 + i % " + ENDPOINTS_PER_JOB + ")"),
            "status",
            "CASE WHEN %s < 0.96 THEN 'success' WHEN %s < 0.99 THEN 'failure' WHEN %s < 0.995 THEN 'timeout' WHEN %s < 0.999 THEN 'cancelled' ELSE 'running' END"
                .formatted(chance, chance, chance, chance),
            "started_at",
            at,
            "finished_at",
            at + " + interval '2 seconds'",
            "received_at",
            at + " + interval '2 seconds'",
            "ordered_at",
            at));
  }

  private static CopiedRows lastRuns(String tenant) {
    return new CopiedRows(
        "read_model.job_last_run",
        "tenant_id = '%s' AND name = '%s'".formatted(tenant, ORIGINAL_JOB),
        Map.of("namespace", namespace("i"), "name", jobName("i")));
  }

  private static String namespace(String job) {
    return "'ns-' || (" + job + " % " + NAMESPACES + ")";
  }

  private static String jobName(String job) {
    return "'job-' || lpad(" + job + "::text, 4, '0')";
  }

  private static String endpoint(String number) {
    return "'00000000-0000-7000-8000-' || lpad(("
        + number
        + " % "
        + ENDPOINTS
        + ")::text, 12, '0')";
  }

  /** A namespace and name in it, as the fill makes them. */
  static String namespaceOf(int job) {
    return "ns-" + job % NAMESPACES;
  }

  static String nameOf(int job) {
    return "job-%04d".formatted(job);
  }

  static String endpointOf(int number) {
    return "00000000-0000-7000-8000-%012d".formatted(number % ENDPOINTS);
  }
}
