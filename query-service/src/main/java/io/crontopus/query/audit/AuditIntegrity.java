package io.crontopus.query.audit;

import static io.crontopus.query.database.Columns.number;
import static io.crontopus.query.database.Columns.optionalTime;
import static io.crontopus.query.database.Columns.text;
import static io.crontopus.query.database.Columns.time;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What the platform itself has found, comparing stored events with what was signed. */
public final class AuditIntegrity {

  private static final String FINDINGS =
      "SELECT kind, seq, detail, found_at FROM audit.finding WHERE tenant_id = $1 ORDER BY seq, kind";
  private static final String CHECKED =
      "SELECT max(checked_at) AS checked_at FROM audit.last_check WHERE $1::text IS NOT NULL";

  /**
   * Something that does not fit.
   *
   * @param kind {@code altered}, {@code removed}, {@code inserted}, {@code reordered}, {@code
   *     diverged}, {@code truncated} or {@code unsigned}
   * @param seq where it begins
   */
  public record Finding(String kind, long seq, String detail, Instant foundAt) {}

  /**
   * The state of the tenant's log.
   *
   * @param status {@code intact}, {@code broken}, or {@code unchecked} before the first comparison
   * @param checkedAt when all events were last compared
   */
  public record Integrity(String status, @Nullable Instant checkedAt, List<Finding> findings) {}

  private record Checked(@Nullable Instant at) {}

  private final TenantQueries queries;

  public AuditIntegrity(TenantQueries queries) {
    this.queries = queries;
  }

  Mono<Integrity> of(String tenantId) {
    Mono<Checked> checked =
        queries.first(
            tenantId, Query.of(CHECKED), row -> new Checked(optionalTime(row, "checked_at")));
    Mono<List<Finding>> findings =
        queries.all(
            tenantId,
            Query.of(FINDINGS),
            row ->
                new Finding(
                    text(row, "kind"),
                    number(row, "seq"),
                    text(row, "detail"),
                    time(row, "found_at")));
    return Mono.zip(checked, findings)
        .map(
            both ->
                new Integrity(
                    status(both.getT1().at(), both.getT2()), both.getT1().at(), both.getT2()));
  }

  private static String status(@Nullable Instant checkedAt, List<Finding> findings) {
    if (!findings.isEmpty()) {
      return "broken";
    }
    return checkedAt == null ? "unchecked" : "intact";
  }
}
