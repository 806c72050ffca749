package io.crontopus.query.endpoint;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.Values;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import io.crontopus.query.past.ValidVersions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statement for a page of the endpoints as they were, by name.
 *
 * <p>By name, which no filter may go with, a page steps from one name to the next, and for each to
 * its version. Otherwise it starts from all versions that were valid, in the index by their
 * lengths: sooner done for many of them, as long as the tenant does not have very many more. A long
 * page without filters has both ways, and goes by how many endpoints there are. {@code OFFSET}
 * holds the planner to that index.
 */
final class PastEndpointList {

  private static final int SHORT_PAGE = 200;

  /** Of more endpoints than this, a page of a thousand is sooner found name by name. */
  private static final int MANY = 20_000;

  private static final String EVER =
      """
      ever AS (
        (SELECT name, endpoint_id FROM endpoint_history
         WHERE tenant_id = $1{only by name}{conditions}
         ORDER BY name, endpoint_id
         LIMIT 1)
        UNION ALL
        SELECT next.*
        FROM ever
        CROSS JOIN LATERAL (
          SELECT name, endpoint_id FROM endpoint_history
          WHERE tenant_id = $1 AND (name, endpoint_id) > (ever.name, ever.endpoint_id)
          ORDER BY name, endpoint_id
          LIMIT 1
        ) next
      ),
      """;

  private static final String BY_NAME =
      """
      (SELECT v.*
       FROM ever
       CROSS JOIN LATERAL (
         SELECT * FROM endpoint_history
         WHERE tenant_id = $1 AND endpoint_id = ever.endpoint_id AND valid_to > $2
         ORDER BY valid_to
         LIMIT 1
       ) v
       WHERE v.valid_from <= $2 AND v.name = ever.name
       LIMIT {rows})
      """;

  private static final String BY_LENGTH =
      ValidVersions.in("endpoint_history") + "WHERE true{only by length}{conditions}\n";

  private static final String WAY =
      """
      way AS MATERIALIZED (
        SELECT EXISTS (SELECT FROM endpoint WHERE tenant_id = $1 OFFSET {many}) AS by_name
      ),
      """
          .replace("{many}", String.valueOf(MANY));

  private static final String LIST =
      """
      WITH RECURSIVE {ways}versions AS (
      {versions})
      SELECT * FROM (
        SELECT {columns}
        FROM versions e
        {fleet}
      ) endpoints
      {of status}
      ORDER BY name, endpoint_id
      LIMIT {rows}
      """
          .replace("{columns}", PastEndpoints.COLUMNS)
          .replace("{fleet}", PastEndpoints.FLEET);

  private PastEndpointList() {}

  static Query of(
      Moment moment,
      @Nullable EndpointStatus status,
      @Nullable String platform,
      @Nullable String text,
      PageRequest page) {
    Values values = new Values();
    // $2 in all parts.
    values.number(moment.position());
    String rows = values.number(page.rows());
    List<String> conditions = new ArrayList<>();
    if (platform != null) {
      conditions.add("platform = " + values.text(platform));
    }
    if (text != null) {
      String part = "lower(" + values.text(text) + ")";
      conditions.add(
          "(strpos(lower(name), %s) > 0 OR strpos(lower(hostname), %s) > 0)".formatted(part, part));
    }
    if (!page.after().isEmpty()) {
      conditions.add("(name, endpoint_id) > " + values.row(page.after()));
    }
    boolean isFiltered = status != null || platform != null || text != null;
    String sql = isFiltered ? byLength() : page.rows() <= SHORT_PAGE ? byName() : byNumber();
    return values.in(
        sql.replace(
                "{of status}",
                status == null ? "" : "WHERE status = " + values.text(status.wireName()))
            .replace("{conditions}", Values.and(conditions))
            .replace("{rows}", rows));
  }

  private static String byName() {
    return LIST.replace("{ways}", EVER)
        .replace("{versions}", BY_NAME)
        .replace("{only by name}", "");
  }

  private static String byLength() {
    return LIST.replace("{ways}", "")
        .replace("{versions}", BY_LENGTH)
        .replace("{only by length}", "");
  }

  private static String byNumber() {
    return LIST.replace("{ways}", WAY + EVER)
        .replace("{versions}", BY_NAME + "UNION ALL\n" + BY_LENGTH)
        .replace("{only by name}", " AND (SELECT by_name FROM way)")
        .replace("{only by length}", " AND NOT (SELECT by_name FROM way)");
  }
}
