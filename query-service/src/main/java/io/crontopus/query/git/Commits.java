package io.crontopus.query.git;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import reactor.core.publisher.Mono;

/** The commits of the read model. */
public final class Commits {

  static final int CURSOR_KEYS = 1;

  private static final String LIST =
      """
      SELECT commit_id, parent_id, author_name, author_email, message, committed_at, pushed_by, observed_at,
             files::text AS files, position
      FROM git_commit
      WHERE tenant_id = $1
        AND ($2::bigint IS NULL OR position < $2::bigint)
      ORDER BY position DESC
      LIMIT $3
      """;

  private final TenantQueries queries;

  public Commits(TenantQueries queries) {
    this.queries = queries;
  }

  /** A page of the commits that were seen, the latest first. */
  public Mono<CommitPage> list(String tenantId, PageRequest page) {
    return queries
        .all(tenantId, Query.of(LIST).number(page.number(0)).number(page.rows()), CommitView::of)
        .map(rows -> CommitPage.of(rows, page));
  }
}
