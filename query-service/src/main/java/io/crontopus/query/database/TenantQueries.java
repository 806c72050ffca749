package io.crontopus.query.database;

import io.crontopus.web.Problem;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The only way to the tenants' tables. Each query runs in a read-only transaction of its own that
 * names the tenant, so that the database shows the rows of this tenant alone, whatever the query
 * says.
 */
public final class TenantQueries {

  private static final Logger log = LoggerFactory.getLogger(TenantQueries.class);
  private static final long RETRY_AFTER_SECONDS = 1;
  private static final String BEGIN = "BEGIN READ ONLY";
  private static final String SET_TENANT = "SELECT set_config('crontopus.tenant', $1, true)";
  private static final String COMMIT = "COMMIT";
  private static final String ROLLBACK = "ROLLBACK";
  private static final String QUERY_CANCELED = "57014";
  private static final String DATA_EXCEPTION = "22";
  private static final int STEPS = 4;

  private final ReadModelPool pool;

  public TenantQueries(ReadModelPool pool) {
    this.pool = pool;
  }

  /** The first row, if there is one. */
  public <T> Mono<T> first(String tenantId, Query query, Function<Readable, T> mapping) {
    return all(tenantId, query, mapping)
        .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()));
  }

  /**
   * All rows.
   *
   * @param mapping is called on the connection's thread and must not block
   */
  public <T> Mono<List<T>> all(String tenantId, Query query, Function<Readable, T> mapping) {
    return pool.with(
            connection -> inTransaction(connection, tenantId, query, mapping),
            connection -> TenantQueries.<Void>command(connection, ROLLBACK))
        .collectList()
        .onErrorMap(TenantQueries::told);
  }

  /** Sends the commands ahead of the answers: a failure of one makes all that follow fail. */
  private static <T> Publisher<T> inTransaction(
      Connection connection, String tenantId, Query query, Function<Readable, T> mapping) {
    Statement setTenant = connection.createStatement(SET_TENANT).bind(0, tenantId);
    Statement statement = connection.createStatement(query.sql()).bind(0, tenantId);
    for (int i = 0; i < query.parameters().size(); i++) {
      statement.bind(i + 1, query.parameters().get(i));
    }
    return Flux.mergeSequentialDelayError(
        List.of(
            TenantQueries.<T>command(connection, BEGIN),
            TenantQueries.<T>ignored(setTenant),
            Flux.<Result>from(statement.execute()).concatMap(result -> result.map(mapping)),
            TenantQueries.<T>command(connection, COMMIT)),
        STEPS,
        STEPS);
  }

  private static <T> Flux<T> command(Connection connection, String sql) {
    return ignored(connection.createStatement(sql));
  }

  private static <T> Flux<T> ignored(Statement statement) {
    return Flux.<Result>from(statement.execute())
        .concatMap(Result::getRowsUpdated)
        .thenMany(Flux.empty());
  }

  /** What a caller is told: too much to do, values that no row can have, or nothing more. */
  private static Throwable told(Throwable error) {
    Throwable first = Exceptions.unwrapMultiple(error).getFirst();
    if (first instanceof R2dbcTransientException || first instanceof R2dbcTimeoutException) {
      return busy(first);
    }
    if (first instanceof R2dbcException e && e.getSqlState() != null) {
      if (e.getSqlState().equals(QUERY_CANCELED)) {
        return busy(e);
      }
      if (e.getSqlState().startsWith(DATA_EXCEPTION)) {
        return Problem.invalid("query", "has a value that cannot be looked for");
      }
    }
    return first;
  }

  private static Problem busy(Throwable cause) {
    log.warn("the read model does not answer in time: {}", cause.getMessage());
    return Problem.overloaded(RETRY_AFTER_SECONDS);
  }
}
