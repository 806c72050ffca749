package io.crontopus.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Optional;

/**
 * One cron expression: five fields or a macro. What it means is cron's: names in any case, 0 and 7
 * are Sunday; when day of month and day of week are both restricted a day needs to be in one of
 * them, and when either starts with {@code *} (also {@code *}{@code /2}) in both.
 */
public final class CronExpression {

  /** Every combination of date and weekday comes back within 40 years, also around 2100. */
  private static final int HORIZON_YEARS = 41;

  private final String text;
  private final CronFields fields;

  CronExpression(String text, CronFields fields) {
    this.text = text;
    this.fields = fields;
  }

  /**
   * Reads an expression.
   *
   * @throws ScheduleException when it is none, or is never due
   */
  public static CronExpression parse(String text) {
    return CronExpressionParser.parse(text);
  }

  /** The expression as it was written, without blanks around it. */
  public String text() {
    return text;
  }

  /** Whether it is {@code @reboot}: due when the machine starts, at no time of the clock. */
  public boolean atReboot() {
    return fields.atReboot();
  }

  /**
   * The five fields as any cron reads them: macros and names as numbers, one blank between fields.
   * {@code @reboot} for {@code @reboot}.
   */
  public String fields() {
    return fields.text();
  }

  /**
   * Whether minute or hour starts with {@code *}. Such an expression follows elapsed time when
   * clocks change; the others are meant for a time of day.
   */
  public boolean followsElapsedTime() {
    return fields.minute().star() || fields.hour().star();
  }

  /** Whether the clock's reading is one of this expression's, whatever the zone. */
  public boolean matches(LocalDateTime time) {
    return fields.matchesDay(time.toLocalDate())
        && fields.hour().has(time.getHour())
        && fields.minute().has(time.getMinute());
  }

  /** The first matching reading of the clock from {@code from} on, {@code from} included. */
  Optional<LocalDateTime> nextReading(LocalDateTime from) {
    LocalDate day = from.toLocalDate();
    if (fields.matchesDay(day)) {
      Optional<LocalTime> today = nextTime(from.getHour(), from.getMinute());
      if (today.isPresent()) {
        return Optional.of(day.atTime(today.get()));
      }
    }
    return nextDay(day.plusDays(1))
        .map(next -> next.atTime(fields.hour().first(), fields.minute().first()));
  }

  private Optional<LocalTime> nextTime(int hour, int minute) {
    if (fields.hour().has(hour)) {
      int sameHour = fields.minute().next(minute);
      if (sameHour >= 0) {
        return Optional.of(LocalTime.of(hour, sameHour));
      }
    }
    int later = fields.hour().next(hour + 1);
    return later < 0 ? Optional.empty() : Optional.of(LocalTime.of(later, fields.minute().first()));
  }

  private Optional<LocalDate> nextDay(LocalDate from) {
    int lastYear = from.getYear() + HORIZON_YEARS;
    LocalDate day = from;
    while (day.getYear() <= lastYear) {
      if (!fields.month().has(day.getMonthValue())) {
        day = firstOfNextMonth(day);
      } else if (fields.matchesDay(day)) {
        return Optional.of(day);
      } else {
        day = day.plusDays(1);
      }
    }
    return Optional.empty();
  }

  private LocalDate firstOfNextMonth(LocalDate day) {
    int month = fields.month().next(day.getMonthValue() + 1);
    return month < 0
        ? YearMonth.of(day.getYear() + 1, fields.month().first()).atDay(1)
        : YearMonth.of(day.getYear(), month).atDay(1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronExpression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
