package io.crontopus.cli.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Times and durations as a person says them. */
public final class Times {
  private static final Duration A_MOMENT = Duration.ofSeconds(2);
  private static final Duration TOO_LONG_TO_COUNT = Duration.ofDays(60);

  private Times() {}

  /** "3 min ago", "in 2 h", or the date when it is far away. */
  public static String relative(Instant time, Instant now) {
    Duration distance = Duration.between(time, now);
    Duration length = distance.abs();
    if (length.compareTo(A_MOMENT) < 0) {
      return "just now";
    }
    if (length.compareTo(TOO_LONG_TO_COUNT) >= 0) {
      return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
    String amount = rough(length);
    return distance.isNegative() ? "in " + amount : amount + " ago";
  }

  private static String rough(Duration length) {
    if (length.toDays() >= 2) {
      return length.toDays() + " days";
    }
    if (length.toHours() >= 1) {
      return length.toHours() + " h";
    }
    return length.toMinutes() >= 1 ? length.toMinutes() + " min" : length.toSeconds() + " s";
  }

  /** Seconds with fractions as "0.42 s", "1 min 15 s", "2 h 3 min", "4 d 1 h". */
  public static String duration(BigDecimal seconds) {
    if (seconds.compareTo(BigDecimal.valueOf(60)) < 0) {
      int digits = seconds.compareTo(BigDecimal.TEN) < 0 ? 2 : 1;
      BigDecimal rounded = seconds.setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros();
      return rounded.toPlainString() + " s";
    }
    long whole = seconds.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    if (whole < 3600) {
      return pair(whole / 60, "min", whole % 60, "s");
    }
    if (whole < 86_400) {
      return pair(whole / 3600, "h", whole % 3600 / 60, "min");
    }
    return pair(whole / 86_400, "d", whole % 86_400 / 3600, "h");
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    String text = large + " " + largeUnit;
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }
}
