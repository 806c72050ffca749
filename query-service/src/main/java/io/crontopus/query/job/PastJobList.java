package io.crontopus.query.job;

import static io.crontopus.query.database.StatusWalks.forEachStatus;

import io.crontopus.query.database.Columns;
import io.crontopus.query.database.Query;
import io.crontopus.query.database.Values;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import io.crontopus.query.past.ValidVersions;
import java.util.ArrayList;
import java.util.List;

/**
 * The statement for a page of the jobs as they were, by namespace and name.
 *
 * <p>A short page steps from one name to the next, and for each to its version; only where no other
 * filter than the namespace's may drop rows. Everything else starts from all versions that were
 * valid, in the index by their lengths. {@code LIMIT} and {@code OFFSET} hold the planner to these
 * steps: it would skip from name to name by itself, and read all later versions of each. As with
 * runs, what nobody asked for is not in the statement, which is planned anew each time.
 *
 * <p>Most of many jobs have their latest run among the newest runs of the tenant, which are one
 * stretch of an index: so many of these are looked through at first.
 */
final class PastJobList {

  /** Pages up to this are quicker found name by name than among all jobs that there were. */
  private static final int SHORT_PAGE = 200;

  /** Looking through so many runs costs as much as looking for those of a few dozen jobs. */
  private static final int NEWEST_RUNS = 2_000;

  private static final String BY_NAME =
      """
      ever AS (
        (SELECT namespace, name, job_id FROM job_history
         WHERE tenant_id = $1{conditions}
         ORDER BY namespace, name, job_id
         LIMIT 1)
        UNION ALL
        SELECT next.*
        FROM ever
        CROSS JOIN LATERAL (
          SELECT namespace, name, job_id FROM job_history
          WHERE tenant_id = $1{of the namespace}
            AND (namespace, name, job_id) > (ever.namespace, ever.name, ever.job_id)
          ORDER BY namespace, name, job_id
          LIMIT 1
        ) next
      ),
      versions AS (
        SELECT v.*
        FROM ever
        CROSS JOIN LATERAL (
          SELECT * FROM job_history
          WHERE tenant_id = $1 AND job_id = ever.job_id AND valid_to > $2
          ORDER BY valid_to
          LIMIT 1
        ) v
        WHERE v.valid_from <= $2 AND v.namespace = ever.namespace AND v.name = ever.name
        LIMIT {rows}
      )""";

  private static final String BY_LENGTH =
      """
      versions AS (
      {valid}WHERE true{conditions}
      )"""
          .replace("{valid}", ValidVersions.in("job_history"));

  private static final String WALK =
      """
      (SELECT namespace, job_name, run_id, status, finished_at, ordered_at, ended_position, finished_position
       FROM run
       WHERE tenant_id = $1 AND status = '{status}' AND ordered_at <= $3 AND began_position <= $2
       ORDER BY ordered_at DESC, run_id DESC
       LIMIT {newest})
      """;

  private static final String NEWEST =
      """
      ,
      newest AS MATERIALIZED (
        SELECT DISTINCT ON (namespace, job_name) *
        FROM (
          {walks}
          ORDER BY ordered_at DESC, run_id DESC
          LIMIT {newest}
        ) runs
        ORDER BY namespace, job_name, ordered_at DESC, run_id DESC
      )"""
          .replace("{walks}", forEachStatus(WALK))
          .replace("{newest}", String.valueOf(NEWEST_RUNS));

  private static final String LATEST_OF_EACH =
      """
      LEFT JOIN LATERAL (
      {latest}
      ) r ON true"""
          .replace("{latest}", PastJobSql.LATEST.replace("{unless}", ""));

  private static final String LATEST_AMONG_NEWEST =
      """
      LEFT JOIN newest n ON n.namespace = j.namespace AND n.job_name = j.name
      LEFT JOIN LATERAL (
      {latest}
      ) o ON true
      CROSS JOIN LATERAL (
        SELECT coalesce(n.run_id, o.run_id) AS run_id,
               coalesce(n.status, o.status) AS status,
               coalesce(n.finished_at, o.finished_at) AS finished_at,
               coalesce(n.ended_position, o.ended_position) AS ended_position,
               coalesce(n.finished_position, o.finished_position) AS finished_position
      ) r"""
          .replace("{latest}", PastJobSql.LATEST.replace("{unless}", "WHERE n.run_id IS NULL\n"));

  private static final String LIST =
      """
      WITH RECURSIVE {known},
      {versions}{newest}
      SELECT * FROM (
        SELECT {columns}
        FROM (
          SELECT * FROM versions
          ORDER BY namespace, name, job_id
          {page}
        ) j
        {latest}
        {as it was}
      ) jobs
      {of statuses}
      ORDER BY namespace, name, job_id
      LIMIT {rows}
      """
          .replace("{known}", PastJobSql.KNOWN)
          .replace("{columns}", JobSql.COLUMNS)
          .replace("{as it was}", PastJobSql.AS_IT_WAS);

  private PastJobList() {}

  static Query of(Moment moment, JobFilter filter, PageRequest page) {
    Values values = new Values();
    // $2 and $3 in all parts.
    values.number(moment.position());
    values.time(moment.latestRun());
    String rows = values.number(page.rows());
    List<String> conditions = new ArrayList<>();
    String ofTheNamespace = "";
    if (filter.namespace() != null) {
      String condition = "namespace = " + values.text(filter.namespace());
      conditions.add(condition);
      ofTheNamespace = " AND " + condition;
    }
    if (!filter.labels().isEmpty()) {
      conditions.add("labels @> (" + values.text(Columns.json(filter.labels())) + ")::jsonb");
    }
    if (filter.text() != null) {
      conditions.add("strpos(lower(name), lower(" + values.text(filter.text()) + ")) > 0");
    }
    if (!page.after().isEmpty()) {
      conditions.add("(namespace, name, job_id) > " + values.row(page.after()));
    }
    // Latest runs are looked for only for a page, where their statuses do not say what is in it.
    boolean isWhole = !filter.statuses().isEmpty();
    boolean isShort = page.rows() <= SHORT_PAGE && !isWhole;
    boolean byName = isShort && filter.labels().isEmpty() && filter.text() == null;
    return values.in(
        LIST.replace("{versions}", byName ? BY_NAME : BY_LENGTH)
            .replace("{newest}", isShort ? "" : NEWEST)
            .replace("{latest}", isShort ? LATEST_OF_EACH : LATEST_AMONG_NEWEST)
            .replace("{page}", isWhole ? "" : "LIMIT " + rows)
            .replace(
                "{of statuses}",
                isWhole ? "WHERE status = ANY (" + values.texts(filter.statuses()) + ")" : "")
            .replace("{conditions}", Values.and(conditions))
            .replace("{of the namespace}", ofTheNamespace)
            .replace("{rows}", rows));
  }
}
