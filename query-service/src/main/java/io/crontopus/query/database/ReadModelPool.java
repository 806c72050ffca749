package io.crontopus.query.database;

import io.crontopus.web.DatabaseSessions;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Connections to the read model, in a role that may read it and no more, and that row-level
 * security binds. Connects when it is first needed.
 */
public final class ReadModelPool implements AutoCloseable {

  private static final String ROLE = "crontopus_query";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration MAX_IDLE = Duration.ofMinutes(10);

  /** Each stays parsed at both ends; lists have a text for each way to ask for them. */
  private static final int MOST_PREPARED = 128;

  private final ConnectionPool pool;

  /**
   * Prepares the pool.
   *
   * @param size how many connections at most
   */
  public ReadModelPool(ReadModelSettings settings, int size) {
    pool =
        new ConnectionPool(
            ConnectionPoolConfiguration.builder(connections(settings))
                .name("read-model")
                .initialSize(0)
                .maxSize(size)
                .maxAcquireTime(ACQUIRE_TIMEOUT)
                .maxIdleTime(MAX_IDLE)
                .build());
  }

  /**
   * Borrows a connection for the work.
   *
   * @param undo what to do before the connection goes back, when the work failed or was cancelled
   */
  <T> Flux<T> with(
      Function<Connection, Publisher<T>> work, Function<Connection, Publisher<Void>> undo) {
    return Flux.usingWhen(
        pool.create(),
        work,
        Connection::close,
        (connection, _) -> undone(connection, undo),
        connection -> undone(connection, undo));
  }

  @Override
  public void close() {
    pool.dispose();
  }

  private static Mono<Void> undone(
      Connection connection, Function<Connection, Publisher<Void>> undo) {
    return Mono.from(undo.apply(connection)).onErrorComplete().then(Mono.from(connection.close()));
  }

  private static PostgresqlConnectionFactory connections(ReadModelSettings settings) {
    PostgresqlConnectionConfiguration.Builder builder =
        PostgresqlConnectionConfiguration.builder()
            .host(settings.host())
            .port(settings.port())
            .database(settings.database())
            .username(settings.username())
            .applicationName("crontopus-query")
            .connectTimeout(CONNECT_TIMEOUT)
            .statementTimeout(STATEMENT_TIMEOUT)
            .sslMode(settings.sslMode())
            // Reading times from texts took a fifth of what a list of a thousand rows costs here.
            .forceBinary(true)
            .preparedStatementCacheQueries(MOST_PREPARED)
            .tcpKeepAlive(true)
            .options(parameters());
    if (settings.password() != null) {
      builder.password(settings.password());
    }
    return new PostgresqlConnectionFactory(builder.build());
  }

  private static Map<String, String> parameters() {
    Map<String, String> parameters =
        new HashMap<>(DatabaseSessions.parameters(DatabaseSessions.LONGEST_PAUSE));
    parameters.putAll(
        Map.of(
            "role", ROLE,
            "search_path", "read_model",
            "default_transaction_read_only", "on",
            // Optional conditions fold away when the planner sees the values.
            "plan_cache_mode", "force_custom_plan",
            "jit", "off"));
    return parameters;
  }
}
