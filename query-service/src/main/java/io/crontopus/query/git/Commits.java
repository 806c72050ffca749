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
      SELECT c.commit_id, c.parent_id, c.author_name, c.author_email, c.message, c.committed_at, c.pushed_by,
             c.observed_at, c.files::text AS files, c.position, k.key_id, k.secret
      FROM git_commit c
      LEFT JOIN identity.personal_key k
        ON k.tenant_id = c.tenant_id AND k.key_id = split_part(c.author_email, ':', 2)
      WHERE c.tenant_id = $1
        AND ($2::bigint IS NULL OR c.position < $2::bigint)
      ORDER BY c.position DESC
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
