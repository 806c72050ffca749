package io.crontopus.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From readings of the clock to instants, across changes of the clock. */
final class FireTimes {

  private FireTimes() {}

  static Optional<Instant> next(CronExpression expression, ZoneId zone, Instant after) {
    ZoneRules rules = zone.getRules();
    return expression.followsElapsedTime()
        ? nextReading(expression, rules, after)
        : nextTimeOfDay(expression, rules, after);
  }

  /** Goes from one stretch of constant offset to the next, until one has a match before its end. */
  private static Optional<Instant> nextReading(
      CronExpression expression, ZoneRules rules, Instant after) {
    Instant from = after.plusNanos(1);
    while (true) {
      ZoneOffset offset = rules.getOffset(from);
      Optional<LocalDateTime> reading =
          expression.nextReading(ceilingMinute(LocalDateTime.ofInstant(from, offset)));
      if (reading.isEmpty()) {
        return Optional.empty();
      }
      Instant due = reading.get().toInstant(offset);
      @Nullable ZoneOffsetTransition change = rules.nextTransition(from);
      if (change == null || due.isBefore(change.getInstant())) {
        return Optional.of(due);
      }
      from = change.getInstant();
    }
  }

  /**
   * Readings in order give instants in order, so the first one that lies after {@code after} is it.
   * The search starts a minute early, so that a gap that has just ended is still seen.
   */
  private static Optional<Instant> nextTimeOfDay(
      CronExpression expression, ZoneRules rules, Instant after) {
    Instant start = after.minusSeconds(60);
    LocalDateTime from = ceilingMinute(LocalDateTime.ofInstant(start, rules.getOffset(start)));
    while (true) {
      Optional<LocalDateTime> reading = expression.nextReading(from);
      if (reading.isEmpty()) {
        return Optional.empty();
      }
      Instant due = instantOf(reading.get(), rules);
      if (due.isAfter(after)) {
        return Optional.of(due);
      }
      from = reading.get().plusMinutes(1);
    }
  }

  private static Instant instantOf(LocalDateTime reading, ZoneRules rules) {
    @Nullable ZoneOffsetTransition change = rules.getTransition(reading);
    if (change == null) {
      return reading.toInstant(rules.getOffset(reading));
    }
    return change.isGap()
        ? ceilingMinute(change.getDateTimeAfter()).toInstant(change.getOffsetAfter())
        : reading.toInstant(change.getOffsetBefore());
  }

  private static LocalDateTime ceilingMinute(LocalDateTime time) {
    LocalDateTime floor = time.truncatedTo(ChronoUnit.MINUTES);
    return floor.equals(time) ? floor : floor.plusMinutes(1);
  }
}
