package io.crontopus.manifest.read;

import io.crontopus.manifest.yaml.YamlScalar;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time: a number of seconds, or text as {@code 90s}, {@code 6h}, {@code 1h30m}. */
final class Durations {

  private static final long LONGEST = Duration.ofDays(366).toSeconds();
  private static final Pattern TEXT =
      Pattern.compile("(?:(\\d{1,8})d)?(?:(\\d{1,8})h)?(?:(\\d{1,8})m)?(?:(\\d{1,8})s)?");

  private Durations() {}

  static Optional<Duration> read(Value value) {
    Optional<Duration> duration =
        value.node() instanceof YamlScalar scalar
            ? seconds(scalar).filter(s -> s >= 0 && s <= LONGEST).map(Duration::ofSeconds)
            : Optional.empty();
    if (duration.isEmpty()) {
      value.problem(
          "must be a length of time up to 366 days, in seconds (300) or as text (90s, 5m, 6h, 1h30m,"
              + " 1d), not "
              + value.node().describe());
    }
    return duration;
  }

  private static Optional<Long> seconds(YamlScalar scalar) {
    return switch (scalar.type()) {
      case INTEGER -> Numbers.integer(scalar.text());
      case STRING -> fromText(scalar.text());
      case FLOAT, BOOLEAN, NULL -> Optional.empty();
    };
  }

  private static Optional<Long> fromText(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        part(matcher, 1) * 86_400
            + part(matcher, 2) * 3_600
            + part(matcher, 3) * 60
            + part(matcher, 4));
  }

  private static long part(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
