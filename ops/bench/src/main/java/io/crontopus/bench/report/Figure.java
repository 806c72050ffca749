package io.crontopus.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One result.
 *
 * @param name what was measured
 * @param value the result
 * @param unit its unit, as {@code /s}, {@code ms}, {@code %}
 * @param goal what it should be
 * @param limit what it cannot be better than on this machine, if that was measured
 * @param detail further numbers that explain it, in order
 */
public record Figure(
    String name,
    double value,
    String unit,
    Goal goal,
    @Nullable Limit limit,
    Map<String, Object> detail) {

  /**
   * A limit, in the unit of the figure.
   *
   * @param name what was measured as the limit
   */
  public record Limit(String name, double value) {}

  public Figure {
    detail = new LinkedHashMap<>(detail);
  }

  /** A figure without a limit and without detail. */
  public static Figure of(String name, double value, String unit, Goal goal) {
    return new Figure(name, value, unit, goal, null, Map.of());
  }

  public Figure limitedBy(String what, double most) {
    return new Figure(name, value, unit, goal, new Limit(what, most), detail);
  }

  /** The same with a further explaining number. */
  public Figure with(String key, Object number) {
    Map<String, Object> more = new LinkedHashMap<>(detail);
    more.put(key, number);
    return new Figure(name, value, unit, goal, limit, more);
  }

  /** The value as a share of its limit; none without a limit. */
  public @Nullable Double ratio() {
    return limit == null || limit.value() == 0 ? null : value / limit.value();
  }

  /** Whether the goal is reached; none without a goal. */
  public @Nullable Boolean met() {
    return goal.isMetBy(value);
  }

  /** For a line of progress. */
  public String inOneLine() {
    return name
        + ": "
        + Numbers.of(value, unit)
        + (limit == null ? "" : " (" + limit.name() + " " + Numbers.of(limit.value(), unit) + ")");
  }
}
