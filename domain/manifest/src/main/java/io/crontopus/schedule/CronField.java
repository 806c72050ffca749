package io.crontopus.schedule;

import java.util.List;
import java.util.Locale;

/** The five fields of a cron expression. */
enum CronField {
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY_OF_MONTH("day of month", 1, 31, ""),
  MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
  DAY_OF_WEEK("day of week", 0, 7, "sun mon tue wed thu fri sat");

  private final String label;
  private final int min;
  private final int max;
  private final String names;

  CronField(String label, int min, int max, String names) {
    this.label = label;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  String label() {
    return label;
  }

  int min() {
    return min;
  }

  /** The largest number that may be written; 7 is Sunday, as 0 is. */
  int max() {
    return max;
  }

  /** The largest number that a {@code *} means. */
  int maxOfStar() {
    return this == DAY_OF_WEEK ? 6 : max;
  }

  /** The names of the numbers from {@link #min} on; none for most fields. */
  List<String> names() {
    return names.isEmpty() ? List.of() : List.of(names.split(" "));
  }

  /** The number of a name, or -1. */
  int numberOf(String name) {
    int index = names().indexOf(name.toLowerCase(Locale.ROOT));
    return index < 0 ? -1 : index + min;
  }
}
