package io.crontopus.cli.output;

import java.util.List;
import java.util.function.Function;

/**
 * How a kind of resource is listed.
 *
 * @param plural what it is called, in words
 * @param id what {@code --quiet} prints
 */
public record Listing(String plural, Function<Row, String> id, List<Column> columns) {

  public Listing(String plural, Function<Row, String> id, Column... columns) {
    this(plural, id, List.of(columns));
  }
}
