package io.crontopus.query.statistics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Into which pieces a span of time is cut. */
enum Bucket {
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1));

  private final Duration length;

  Bucket(Duration length) {
    this.length = length;
  }

  Duration length() {
    return length;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Bucket::wireName).toList();
  }

  static @Nullable Bucket named(@Nullable String name) {
    return Arrays.stream(values())
        .filter(bucket -> bucket.wireName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
