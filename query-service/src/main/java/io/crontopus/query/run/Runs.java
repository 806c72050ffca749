package io.crontopus.query.run;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** The runs of the read model. */
public final class Runs {

  static final int CURSOR_KEYS = 2;

  private final TenantQueries queries;

  public Runs(TenantQueries queries) {
    this.queries = queries;
  }

  /** A page of the tenant's runs, newest first. */
  public Mono<RunPage> list(String tenantId, RunFilter filter, PageRequest page) {
    return queries
        .all(tenantId, RunList.of(filter, page), RunView::of)
        .map(rows -> RunPage.of(rows, page));
  }

  /** A run with its output; empty when the tenant has none of this id. */
  public Mono<RunView> find(String tenantId, String runId) {
    return queries.first(tenantId, Query.of(RunSql.ONE).text(runId), RunView::of);
  }

  /** Those of these runs that exist, by id and without output. */
  public Mono<Map<String, RunView>> byId(String tenantId, Collection<String> runIds) {
    return queries
        .all(tenantId, Query.of(RunSql.SOME).texts(runIds), RunView::of)
        .map(rows -> rows.stream().collect(Collectors.toMap(RunView::runId, run -> run)));
  }
}
