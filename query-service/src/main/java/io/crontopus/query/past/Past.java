package io.crontopus.query.past;

import io.crontopus.query.database.Columns;
import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** The way to answers as of a moment: finds out where the log stood, and tells the client. */
public final class Past {

  /** Names the moment, and its position, that a response answers for. */
  public static final String HEADER = "Crontopus-As-Of";

  private static final String POSITION =
      "SELECT position_at($2) AS position WHERE $1::text IS NOT NULL";

  private final TenantQueries queries;
  private final Clock clock;

  public Past(TenantQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /** What a request for one resource says about time. */
  public AsOf asked(@Nullable String asOf) {
    return AsOf.of(asOf, clock.instant());
  }

  /** What a request for a page of a list says about time. */
  public AsOf asked(@Nullable String asOf, @Nullable String cursor) {
    return AsOf.of(asOf, cursor, clock.instant());
  }

  /**
   * The answer for the moment that was asked for.
   *
   * @param now answers when none was
   */
  public <T> Mono<T> answer(
      String tenantId,
      AsOf asOf,
      ServerHttpResponse response,
      Supplier<Mono<T>> now,
      Function<Moment, Mono<T>> then) {
    Instant at = asOf.at();
    if (at == null) {
      return now.get();
    }
    Moment known = asOf.moment();
    Mono<Moment> moment = known == null ? moment(tenantId, at) : Mono.just(known);
    return moment.flatMap(
        found -> {
          response.getHeaders().set(HEADER, found.header());
          return then.apply(found);
        });
  }

  private Mono<Moment> moment(String tenantId, Instant at) {
    return queries.first(
        tenantId,
        Query.of(POSITION).time(at),
        row -> new Moment(at, Columns.number(row, "position")));
  }
}
