package io.crontopus.query.run;

import io.crontopus.query.Api;
import io.crontopus.query.Platform;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long lists of runs take, over HTTP, one at a time: with {@code -Dcrontopus.measure.runs=<how
 * many>}.
 */
@EnabledIfSystemProperty(named = "crontopus.measure.runs", matches = "\\d+")
class RunListMeasurementIT {

  private static final int REQUESTS = 400;
  private static final double MILLIS = 1e6;

  @Test
  void listsOfRuns() {
    String tenant = Platform.get().newTenant();
    fill(tenant, Integer.getInteger("crontopus.measure.runs"));
    Api api = Api.of(Platform.get().token(tenant));
    String cursor = api.get("/api/runs?limit=1000").nextCursor();
    Map<String, String> lists = new LinkedHashMap<>();
    lists.put("everything", "/api/runs");
    lists.put("second page of 1000", "/api/runs?cursor=" + cursor);
    lists.put("one page of 1000", "/api/runs?limit=1000");
    lists.put("job", "/api/runs?namespace=default&job=job-17");
    lists.put("job in any namespace", "/api/runs?job=job-17");
    lists.put("endpoint", "/api/runs?endpoint_id=e-17");
    lists.put("status of 1 in 50", "/api/runs?status=failure");
    lists.put("status of 1 in 100,000", "/api/runs?status=missed");
    lists.put("two statuses", "/api/runs?status=failure,timeout");
    lists.put("job and status", "/api/runs?namespace=default&job=job-17&status=failure");
    lists.put("job and endpoint", "/api/runs?namespace=default&job=job-17&endpoint_id=e-17");
    lists.put("namespace", "/api/runs?namespace=default");
    lists.put("a minute long ago", "/api/runs?from=2026-01-02T00:00:00Z&to=2026-01-02T00:01:00Z");
    lists.put("nothing", "/api/runs?namespace=none&job=none");
    lists.forEach((name, path) -> measure(api, name, path));
  }

  private static void measure(Api api, String name, String path) {
    long[] nanos = new long[REQUESTS];
    int found = 0;
    for (int i = -50; i < REQUESTS; i++) {
      long start = System.nanoTime();
      found = api.get(path).body().get("runs").size();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-24s %5d rows  p50 %7.2f ms  p99 %7.2f ms%n",
        name, found, nanos[REQUESTS / 2] / MILLIS, nanos[REQUESTS * 99 / 100] / MILLIS);
  }

  private static void fill(String tenant, int rows) {
    Platform.get()
        .jdbc()
        .sql(
            """
            INSERT INTO read_model.run
              (tenant_id, run_id, namespace, job_name, endpoint_id, status, exit_code, started_at, finished_at,
               duration_millis, output, source, received_at, ordered_at)
            SELECT :tenant, 'r-' || i, CASE WHEN i % 7 = 0 THEN 'other' ELSE 'default' END, 'job-' || i % 200,
                   'e-' || i % 1000,
                   CASE WHEN i % 100000 = 99 THEN 'missed' WHEN i % 1000 = 3 THEN 'timeout'
                        WHEN i % 50 = 17 THEN 'failure' ELSE 'success' END,
                   0, t, t, 1000, 'some output of some run', 'agent', t, t
            FROM generate_series(1, :rows) AS i,
                 LATERAL (SELECT timestamptz '2026-01-01' + i * interval '1 second' AS t) times
            """)
        .param("tenant", tenant)
        .param("rows", rows)
        .update();
    Platform.get()
        .jdbc()
        .sql(
            """
            INSERT INTO read_model.job_last_run (tenant_id, namespace, name, run_id, status, ordered_at)
            SELECT DISTINCT ON (namespace, job_name) tenant_id, namespace, job_name, run_id, status, ordered_at
            FROM read_model.run WHERE tenant_id = :tenant ORDER BY namespace, job_name, ordered_at DESC
            """)
        .param("tenant", tenant)
        .update();
    Platform.get().jdbc().sql("VACUUM ANALYZE read_model.run").update();
    Platform.get().jdbc().sql("ANALYZE read_model.job_last_run").update();
  }
}
