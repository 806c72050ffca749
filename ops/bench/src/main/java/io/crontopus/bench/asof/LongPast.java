package io.crontopus.bench.asof;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.PlatformDatabase;
import io.crontopus.bench.session.BenchFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Thirty days of a tenant's past: a log of runs, one event each, of a thousand jobs; and beside it
 * the versions of these jobs, of five thousand endpoints and of what their schedulers had, spread
 * over the same log.
 *
 * @param events how many events the log has
 * @param scale how many versions there are, against two million
 */
record LongPast(BenchPlatform platform, long events, double scale) {

  static final int JOBS = 1_000;
  static final int ENDPOINTS = 5_000;
  static final int INSTANCES = 10;
  static final int DAYS = 30;

  private static final int JOB_VERSIONS = 500;
  private static final int ENDPOINT_VERSIONS = 200;
  private static final int REPORTS = 40;
  private static final int INSTANCE_VERSIONS = 10;
  private static final long ORIGINAL = 777_777_777_777L;
  private static final Duration LOOK = Duration.ofMillis(200);

  /** How many versions of rows there are. */
  long versions() throws SQLException {
    return database()
        .number(
            """
            SELECT (SELECT count(*) FROM read_model.job_history) + (SELECT count(*) FROM read_model.endpoint_history)
              + (SELECT count(*) FROM read_model.job_instance_history)
              + (SELECT count(*) FROM read_model.endpoint_report_history)
            """);
  }

  /** Makes it. */
  void fill() throws SQLException, InterruptedException {
    log();
    versions(
        "job_history",
        JOBS,
        versionsOf(JOB_VERSIONS),
        "job_id, namespace, name, path, commit_id, labels, manifest, enabled, paused, updated_at",
        """
        'job-' || k, 'default', 'job-' || lpad(k::text, 4, '0'), 'default/job.yaml', 'commit-' || v,
        '{"team": "red"}', '{"metadata": {"annotations": {}}, "spec": {"schedule": ["0 2 * * *"], "command": "/bin/true"}}',
        true, false, now()
        """);
    versions(
        "endpoint_history",
        ENDPOINTS,
        versionsOf(ENDPOINT_VERSIONS),
        "endpoint_id, name, hostname, machine_id, platform, version, labels, enrolled_at, state, seen_at",
        """
        'endpoint-' || k, 'web-' || lpad(k::text, 5, '0'), 'web.example.org', 'machine', 'linux', '1.0', '{"role": "web"}',
        now(), CASE WHEN (hashint8(v) & 63) = 0 THEN 'offline' ELSE 'online' END, now()
        """);
    database()
        .run(
            """
            INSERT INTO read_model.endpoint
              (tenant_id, endpoint_id, name, hostname, machine_id, platform, version, labels, enrolled_at, state, seen_at)
            SELECT tenant_id, endpoint_id, name, hostname, machine_id, platform, version, labels, enrolled_at, state, seen_at
            FROM read_model.endpoint_history WHERE valid_to = 9223372036854775807
            """);
    versions(
        "endpoint_report_history",
        ENDPOINTS,
        versionsOf(REPORTS),
        "endpoint_id, commit_id, observed_at",
        "'endpoint-' || k, 'commit-' || v, now()");
    versions(
        "job_instance_history",
        ENDPOINTS * INSTANCES,
        versionsOf(INSTANCE_VERSIONS),
        "endpoint_id, job_id, namespace, name, state, schedule, observed_at",
        """
        'endpoint-' || k / %1$d, 'job-' || (k / %1$d * 7 + k %% %1$d) %% %2$d, 'default',
        'job-' || lpad(((k / %1$d * 7 + k %% %1$d) %% %2$d)::text, 4, '0'), 'in_sync', '["0 2 * * *"]', now()
        """
            .formatted(INSTANCES, JOBS));
  }

  /** Waits until all that follows the log has followed. */
  void awaitQuiet() throws SQLException, InterruptedException {
    while (database()
            .number(
                """
                SELECT max(global_index) - least(
                  (SELECT coalesce(max(position), 0) FROM read_model.timeline),
                  (SELECT position FROM read_model.projection_progress WHERE name = 'runs'))
                FROM event_store.domain_event
                """)
        > 0) {
      Thread.sleep(LOOK);
    }
    database().run("VACUUM (ANALYZE)", "CHECKPOINT");
  }

  private PlatformDatabase database() {
    return platform.database();
  }

  private int versionsOf(int each) {
    return (int) Math.max(1, Math.round(each * scale));
  }

  /** What the platform needed to start has to have been before all else. */
  private static String beginning() {
    return Instant.now().minus(Duration.ofDays(DAYS)).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Copies of one run that has ended, each with times of its own, while nobody else appends. */
  private void log() throws SQLException, InterruptedException {
    platform
        .api()
        .post(
            "/api/checkins",
            Map.of("job_name", "job-0000", "run_id", CheckIns.run(ORIGINAL), "exit_code", 0));
    String original = "run:" + platform.tenant() + ":" + CheckIns.run(ORIGINAL);
    if (database()
            .number(
                "SELECT count(*) FROM event_store.domain_event WHERE aggregate_id = ?", original)
        != 1) {
      throw new BenchFailure("a run that has ended is no longer one event: the bench has to learn");
    }
    database()
        .run(
            """
            SET synchronous_commit = off; SET work_mem = '256MB';
            SELECT pg_advisory_xact_lock(1129598800, 7), pg_advisory_xact_lock(1129598800, 1);
            UPDATE event_store.domain_event SET recorded_at = '%6$s';
            DELETE FROM read_model.timeline;
            INSERT INTO event_store.domain_event
              (aggregate_id, sequence, type, event_id, recorded_at, payload_type, payload_revision, payload, metadata)
            SELECT replace(t.aggregate_id, '%2$s', 'past-' || i), t.sequence, t.type, uuidv7()::text, at, t.payload_type,
              t.payload_revision,
              convert_to(
                regexp_replace(
                  replace(replace(replace(convert_from(t.payload, 'UTF8'), '%2$s', 'past-' || i),
                                  'job-0000', 'job-' || lpad((i %% %4$d)::text, 4, '0')),
                          '"success"', CASE WHEN (i / %4$d + i) %% 30 = 0 THEN '"failure"'
                                            WHEN (i / %4$d + i) %% 200 = 1 THEN '"timeout"'
                                            WHEN (i / %4$d + i) %% 250 = 2 THEN '"cancelled"'
                                            ELSE '"success"' END),
                  '"(startedAt|finishedAt|receivedAt)":"[^"]*"', '"\\1":"' || at || '"', 'g'),
                'UTF8'),
              t.metadata
            FROM (SELECT * FROM event_store.domain_event WHERE aggregate_id = '%1$s') t
            CROSS JOIN (
              SELECT i, to_char(
                (now() - interval '%5$d days' * ((%3$d - i)::float8 / %3$d)) AT TIME ZONE 'UTC',
                'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
              FROM generate_series(1, %3$d) AS i) times
            """
                .formatted(original, CheckIns.run(ORIGINAL), events, JOBS, DAYS, beginning()));
  }

  /**
   * Versions of {@code keys} rows, {@code each} of every one.
   *
   * @param values an expression a column, of the number of the row, {@code k}, and of its version,
   *     {@code v}
   */
  private void versions(String table, int keys, int each, String columns, String values)
      throws SQLException {
    database()
        .run(
            """
            SET synchronous_commit = off; SET work_mem = '256MB';
            INSERT INTO read_model.%1$s (valid_from, valid_to, tenant_id, %2$s)
            SELECT v * %5$d / %4$d + k %% greatest(%5$d / %4$d, 1),
              CASE v WHEN %4$d - 1 THEN 9223372036854775807
                     ELSE (v + 1) * %5$d / %4$d + k %% greatest(%5$d / %4$d, 1) END,
              '%6$s', %7$s
            FROM generate_series(0::bigint, %4$d - 1) AS v CROSS JOIN generate_series(0::bigint, %3$d - 1) AS k
            """
                .formatted(table, columns, keys, each, events, platform.tenant(), values));
  }
}
