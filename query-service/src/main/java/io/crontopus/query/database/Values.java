package io.crontopus.query.database;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The values of a statement whose text is put together from what is asked for. Each becomes a
 * parameter, and is known in the text by the name that adding it gives: a text never holds a value.
 * {@code $1} is always the tenant; these count from {@code $2}.
 */
public final class Values {

  private static final int FIRST = 2;

  private final List<Parameter> parameters = new ArrayList<>();

  /** Adds a text. */
  public String text(String value) {
    return add(value, "text");
  }

  /** Adds several texts, as an array. */
  public String texts(Collection<String> value) {
    return add(value.toArray(String[]::new), "text[]");
  }

  /** Adds texts that are compared as a row. */
  public String row(List<String> texts) {
    return texts.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Adds a time. */
  public String time(Instant value) {
    return add(value, "timestamptz");
  }

  /** Adds a number. */
  public String number(long value) {
    return add(value, "bigint");
  }

  /** Further conditions of a {@code WHERE} that has one; nothing for none. */
  public static String and(List<String> conditions) {
    return conditions.stream().map(condition -> " AND " + condition).collect(Collectors.joining());
  }

  /** The statement with this text, and these values. */
  public Query in(String sql) {
    return new Query(sql, parameters);
  }

  private String add(Object value, String type) {
    parameters.add(Parameters.in(value));
    return "$" + (FIRST + parameters.size() - 1) + "::" + type;
  }
}
