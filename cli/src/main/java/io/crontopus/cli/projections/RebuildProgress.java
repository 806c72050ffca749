package io.crontopus.cli.projections;

import io.crontopus.cli.output.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** A rebuild in one line: a bar, how far, how fast, how much longer. */
final class RebuildProgress {

  private static final int BAR = 24;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private RebuildProgress() {}

  static String line(Row rebuild) {
    BigDecimal progress = rebuild.number("progress").orElse(BigDecimal.ZERO);
    int percent = progress.multiply(HUNDRED).intValue();
    String problem = rebuild.text("problem");
    return "%s %3d %% %s · %s events, %s/s%s%s"
        .formatted(
            bar(percent),
            percent,
            rebuild.text("phase").replace('_', ' '),
            grouped(rebuild, "events"),
            grouped(rebuild, "events_per_second"),
            eta(rebuild),
            problem.isEmpty() ? "" : " · waits: " + problem);
  }

  private static String bar(int percent) {
    int full = Math.clamp(percent * (long) BAR / 100, 0, BAR);
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
  }

  private static String grouped(Row rebuild, String field) {
    return String.format(
        Locale.ROOT, "%,d", rebuild.number(field).orElse(BigDecimal.ZERO).longValue());
  }

  private static String eta(Row rebuild) {
    return rebuild
        .number("eta_seconds")
        .map(seconds -> Duration.ofSeconds(seconds.longValue()))
        .filter(left -> !left.isZero())
        .map(left -> " · " + left.toMinutes() + " min " + left.toSecondsPart() + " s left")
        .orElse("");
  }
}
