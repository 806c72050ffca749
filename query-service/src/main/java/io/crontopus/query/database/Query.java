package io.crontopus.query.database;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its parameters, for one execution. {@code $1} is always the tenant; the others
 * count from {@code $2}, in the order in which they are added.
 */
public final class Query {

  private final String sql;
  private final List<Parameter> parameters;

  Query(String sql, List<Parameter> parameters) {
    this.sql = sql;
    this.parameters = new ArrayList<>(parameters);
  }

  /** A query with this text, which must be the same for every execution. */
  public static Query of(String sql) {
    return new Query(sql, List.of());
  }

  /** Adds a text, or no text. */
  public Query text(@Nullable String value) {
    return add(value, String.class);
  }

  /** Adds several texts, as an array. */
  public Query texts(Collection<String> values) {
    return add(values.toArray(String[]::new), String[].class);
  }

  /** Adds several numbers, as an array. */
  public Query numbers(Collection<Long> values) {
    return add(values.toArray(Long[]::new), Long[].class);
  }

  /** Adds a time, or no time. */
  public Query time(@Nullable Instant value) {
    return add(value, Instant.class);
  }

  /** Adds a number, or no number. */
  public Query number(@Nullable Long value) {
    return add(value, Long.class);
  }

  /** Adds a number. */
  public Query number(int value) {
    return add((long) value, Long.class);
  }

  String sql() {
    return sql;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  private Query add(@Nullable Object value, Class<?> type) {
    parameters.add(value == null ? Parameters.in(type) : Parameters.in(value));
    return this;
  }
}
