package io.crontopus.schedule;

import io.crontopus.schedule.ScheduleException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One or more cron expressions in a zone; due whenever one of them is.
 *
 * <p>When clocks change, an expression whose minute or hour starts with {@code *} follows elapsed
 * time: it is due whenever the clock reads a matching time. Any other is meant for a time of day: a
 * time that does not exist is due at the first valid minute after the gap, and one that comes twice
 * only the first time.
 */
public final class Schedule {

  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Duration LONGEST_PAUSE = Duration.ofDays(41 * 366L);

  private final List<CronExpression> expressions;
  private final ZoneId zone;

  private Schedule(List<CronExpression> expressions, ZoneId zone) {
    this.expressions = List.copyOf(expressions);
    this.zone = zone;
  }

  /**
   * Reads a schedule.
   *
   * @param expressions at least one
   * @param zone the zone that they are meant in
   * @throws ScheduleException for the first expression that is wrong
   */
  public static Schedule parse(List<String> expressions, ZoneId zone) {
    return of(expressions.stream().map(CronExpression::parse).toList(), zone);
  }

  /** A schedule of expressions that are read already; at least one. */
  public static Schedule of(List<CronExpression> expressions, ZoneId zone) {
    if (expressions.isEmpty()) {
      throw new ScheduleException(
          Reason.EMPTY, "", 0, "the schedule is empty", "write at least one expression");
    }
    return new Schedule(expressions, zone);
  }

  public List<CronExpression> expressions() {
    return expressions;
  }

  /** The expressions as they were written. */
  public List<String> texts() {
    return expressions.stream().map(CronExpression::text).toList();
  }

  public ZoneId zone() {
    return zone;
  }

  /** Whether one of the expressions is {@code @reboot}. */
  public boolean atReboot() {
    return expressions.stream().anyMatch(CronExpression::atReboot);
  }

  /** The first instant after {@code after} at which it is due; none for {@code @reboot} alone. */
  public Optional<Instant> next(Instant after) {
    if (after.isAfter(LATEST)) {
      return Optional.empty();
    }
    Instant from = clamped(after);
    return expressions.stream()
        .filter(expression -> !expression.atReboot())
        .flatMap(expression -> FireTimes.next(expression, zone, from).stream())
        .min(Comparator.naturalOrder());
  }

  /** The last instant before {@code before} at which it was due. */
  public Optional<Instant> previous(Instant before) {
    Instant latest = clamped(before);
    return startBefore(latest).flatMap(start -> next(lastStart(start, latest)));
  }

  private static Instant clamped(Instant instant) {
    Instant notBefore = instant.isBefore(EARLIEST) ? EARLIEST : instant;
    return notBefore.isAfter(LATEST) ? LATEST : notBefore;
  }

  /** An instant after which it is due, still before {@code before}. */
  private Optional<Instant> startBefore(Instant before) {
    for (Duration back = Duration.ofMinutes(2);
        back.compareTo(LONGEST_PAUSE.multipliedBy(2)) < 0;
        back = back.multipliedBy(2)) {
      Instant start = before.minus(back);
      if (start.isBefore(EARLIEST)) {
        return Optional.empty();
      }
      if (isDueBetween(start, before)) {
        return Optional.of(start);
      }
    }
    return Optional.empty();
  }

  /** Narrows down by halves: the latest second after which it is due before {@code before}. */
  private Instant lastStart(Instant start, Instant before) {
    long low = start.getEpochSecond();
    long high = before.getEpochSecond() + 1;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (isDueBetween(Instant.ofEpochSecond(middle), before)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Instant.ofEpochSecond(low);
  }

  private boolean isDueBetween(Instant after, Instant before) {
    return next(after).filter(due -> due.isBefore(before)).isPresent();
  }

  /** Whether it is due in the minute that {@code instant} lies in. */
  public boolean firesAt(Instant instant) {
    Instant minute = clamped(instant).truncatedTo(ChronoUnit.MINUTES);
    return isDueBetween(minute.minusNanos(1), minute.plus(1, ChronoUnit.MINUTES));
  }

  /**
   * The instants at which it is due, in order.
   *
   * @param from included
   * @param to not included
   * @param limit how many at most
   */
  public List<Instant> between(Instant from, Instant to, int limit) {
    List<Instant> due = new ArrayList<>();
    Optional<Instant> next = next(clamped(from).minusNanos(1));
    while (due.size() < limit && next.isPresent() && next.get().isBefore(to)) {
      due.add(next.get());
      next = next(next.get());
    }
    return List.copyOf(due);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule that
        && expressions.equals(that.expressions)
        && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return 31 * expressions.hashCode() + zone.hashCode();
  }

  @Override
  public String toString() {
    return String.join(", ", texts()) + " " + zone;
  }
}
