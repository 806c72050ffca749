package io.crontopus.query.run;

import static io.crontopus.query.database.StatusWalks.forEachStatus;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.Values;
import io.crontopus.query.page.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statement for a page of runs, newest first.
 *
 * <p>A list stays quick only while it walks one index in its order. The indexes have the status
 * before the time, so each status is a walk of its own, as long as a page at most, and the walks
 * are merged. What nobody asked for is not in the statement: it is planned anew each time, with its
 * values, and planning five walks with ten conditions took longer than walking.
 */
final class RunList {

  private static final String ORDERED =
      """
      ORDER BY ordered_at DESC, run_id DESC
      LIMIT {rows}
      """;

  private static final String WALK =
      """
      (SELECT {columns} FROM run
       WHERE tenant_id = $1 AND status = '{status}'{conditions}
       {ordered})
      """;

  private static final String LIST =
      """
      SELECT * FROM (
      {walks}) AS walks
      {ordered}""";

  /** Of a job's name in whatever namespace, each of which has walks of its own. */
  private static final String OF_A_NAME =
      """
      SELECT r.* FROM job_last_run job
      CROSS JOIN LATERAL (
        SELECT * FROM (
        {walks}) AS walks
        {ordered}) r
      WHERE job.tenant_id = $1 AND job.name = {job}
      {ordered}""";

  private RunList() {}

  static Query of(RunFilter filter, PageRequest page) {
    Values values = new Values();
    String rows = values.number(page.rows());
    List<String> conditions = new ArrayList<>();
    String sql = LIST;
    if (filter.job() != null) {
      String job = values.text(filter.job());
      conditions.add("job_name = " + job);
      if (filter.namespace() == null) {
        conditions.add("namespace = job.namespace");
        sql = OF_A_NAME.replace("{job}", job);
      }
    }
    if (filter.namespace() != null) {
      conditions.add("namespace = " + values.text(filter.namespace()));
    }
    if (filter.endpointId() != null) {
      conditions.add("endpoint_id = " + values.text(filter.endpointId()));
    }
    if (filter.from() != null) {
      conditions.add("ordered_at >= " + values.time(filter.from()));
    }
    if (filter.to() != null) {
      conditions.add("ordered_at < " + values.time(filter.to()));
    }
    @Nullable Instant after = page.time(0);
    @Nullable String afterRun = page.text(1);
    if (after != null && afterRun != null) {
      String time = values.time(after);
      // The first alone is where the walk of the index begins.
      conditions.add("ordered_at <= " + time);
      conditions.add("(ordered_at, run_id) < (" + time + ", " + values.text(afterRun) + ")");
    }
    return values.in(
        sql.replace("{walks}", forEachStatus(filter.statuses(), WALK))
            .replace("{columns}", RunSql.columns(filter.output()))
            .replace("{conditions}", Values.and(conditions))
            .replace("{ordered}", ORDERED)
            .replace("{rows}", rows));
  }
}
