package io.crontopus.bench.report;

import java.util.Locale;

/** Numbers as people read them: three digits that count, and thousands set apart. */
final class Numbers {

  private static final double WHOLE_FROM = 100;
  private static final double ONE_DECIMAL_FROM = 10;

  private Numbers() {}

  static String of(double value, String unit) {
    return plain(value) + (unit.isEmpty() || unit.startsWith("/") ? unit : " " + unit);
  }

  static String plain(double value) {
    double size = Math.abs(value);
    if (size >= WHOLE_FROM || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= ONE_DECIMAL_FROM ? "%.1f" : "%.2f", value);
  }
}
