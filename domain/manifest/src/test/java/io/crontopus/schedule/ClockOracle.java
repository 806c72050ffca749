package io.crontopus.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A cron daemon that looks at the clock once a minute. It knows nothing about transitions: it
 * remembers the latest reading it has seen. A clock that jumped ahead skipped readings, one that is
 * behind shows them again.
 */
final class ClockOracle {

  private static final Duration WARM_UP = Duration.ofDays(2);

  private ClockOracle() {}

  static List<Instant> due(GeneratedExpression expression, ZoneId zone, Instant from, Instant to) {
    List<Instant> due = new ArrayList<>();
    Instant now = from.minus(WARM_UP);
    LocalDateTime latest = LocalDateTime.ofInstant(now, zone);
    for (now = now.plusSeconds(60); now.isBefore(to); now = now.plusSeconds(60)) {
      LocalDateTime clock = LocalDateTime.ofInstant(now, zone);
      boolean fires = false;
      if (expression.followsElapsedTime()) {
        fires = expression.matches(clock);
      } else {
        while (latest.isBefore(clock)) {
          latest = latest.plusMinutes(1);
          fires |= expression.matches(latest);
        }
      }
      if (fires && !now.isBefore(from)) {
        due.add(now);
      }
    }
    return due;
  }
}
