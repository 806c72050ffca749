package io.crontopus.web.limit;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something may happen: {@code 5/m}, {@code 3/h}, {@code 100/10s}, {@code 50/s burst
 * 500}.
 *
 * @param count how often within the period, in the long run
 * @param period seconds ({@code s}), minutes ({@code m}), hours ({@code h}) or days ({@code d})
 * @param burst how often at once, after a quiet time; the count where nothing is said
 */
public record Rate(long count, Duration period, long burst) {

  private static final Pattern TEXT =
      Pattern.compile("([1-9]\\d{0,8})/(\\d{0,6})([smhd])(?:\\s+burst\\s+([1-9]\\d{0,8}))?");

  /**
   * Reads a rate.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Rate valueOf(String text) {
    Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no rate: write it like 5/m, 3/h, 100/10s or 50/s burst 500");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration unit =
        switch (matcher.group(3)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          default -> Duration.ofDays(1);
        };
    long units = matcher.group(2).isEmpty() ? 1 : Math.max(1, Long.parseLong(matcher.group(2)));
    long burst = matcher.group(4) == null ? count : Long.parseLong(matcher.group(4));
    return new Rate(count, unit.multipliedBy(units), burst);
  }

  /** How long it takes until the whole burst is there again. */
  Duration window() {
    return Duration.ofNanos(Math.ceilDiv(period.toNanos(), count) * burst);
  }

  Bandwidth bandwidth() {
    return Bandwidth.builder().capacity(burst).refillGreedy(count, period).build();
  }

  /** The rate as the header {@code RateLimit-Policy} writes it: a quota for a window of seconds. */
  String policy(String name) {
    long seconds = Math.max(1, Math.round(window().toMillis() / 1_000.0));
    return "\"" + name + "\";q=" + burst + ";w=" + seconds;
  }
}
