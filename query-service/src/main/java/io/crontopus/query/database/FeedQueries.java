package io.crontopus.query.database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The way to the feed of changes, which is no single tenant's: without a tenant the connection sees
 * nothing else. Parameters count from {@code $1} here.
 */
public final class FeedQueries {

  private final ReadModelPool pool;

  public FeedQueries(ReadModelPool pool) {
    this.pool = pool;
  }

  /** All rows. */
  public <T> Mono<List<T>> all(Query query, Function<Readable, T> mapping) {
    return pool.<T>with(connection -> rows(connection, query, mapping), _ -> Mono.empty())
        .collectList();
  }

  private static <T> Flux<T> rows(
      Connection connection, Query query, Function<Readable, T> mapping) {
    Statement statement = connection.createStatement(query.sql());
    for (int i = 0; i < query.parameters().size(); i++) {
      statement.bind(i, query.parameters().get(i));
    }
    return Flux.<Result>from(statement.execute()).concatMap(result -> result.map(mapping));
  }
}
