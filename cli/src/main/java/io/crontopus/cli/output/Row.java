package io.crontopus.cli.output;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A resource as the platform sent it, read leniently: a field that is absent, null or of another
 * kind is empty, so that a newer or older platform never breaks a table.
 */
public record Row(JsonNode json) {

  public String text(String field) {
    return plain(json.path(field));
  }

  /** The first of these fields that holds something. */
  public String firstText(String... fields) {
    for (String field : fields) {
      String text = text(field);
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  public Optional<Instant> time(String field) {
    try {
      return Optional.of(text(field)).filter(text -> !text.isEmpty()).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  public Optional<BigDecimal> number(String field) {
    return json.path(field).isNumber()
        ? Optional.of(json.path(field).decimalValue())
        : Optional.empty();
  }

  public boolean flag(String field) {
    return json.path(field).asBoolean(false);
  }

  public boolean isFalse(String field) {
    return json.path(field).isBoolean() && !flag(field);
  }

  public boolean has(String field) {
    return json.hasNonNull(field);
  }

  public Row child(String field) {
    return new Row(json.path(field));
  }

  public List<Row> rows(String field) {
    var rows = new ArrayList<Row>();
    json.path(field).values().forEach(value -> rows.add(new Row(value)));
    return rows;
  }

  /** The elements of an array, or the value itself, separated by commas. */
  public String joined(String field) {
    JsonNode value = json.path(field);
    return value.isArray()
        ? value.values().stream().map(Row::plain).collect(Collectors.joining(", "))
        : plain(value);
  }

  /** The members of an object as {@code key=value}. */
  public String pairs(String field) {
    return json.path(field).properties().stream()
        .map(member -> member.getKey() + "=" + plain(member.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String plain(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isString()) {
      return value.stringValue();
    }
    return value.isNumber() ? value.decimalValue().toPlainString() : value.toString();
  }
}
