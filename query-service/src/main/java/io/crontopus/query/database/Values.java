package io.crontopus.query.database;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

  /** Adds a time. */
  public String time(Instant value) {
    return add(value, "timestamptz");
  }

  /** Adds a number. */
  public String number(long value) {
    return add(value, "bigint");
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
