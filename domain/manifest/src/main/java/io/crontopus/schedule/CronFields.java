package io.crontopus.schedule;

import java.time.LocalDate;
import java.time.Month;

/** The five fields together, and the rule that combines the two kinds of day. */
record CronFields(
    FieldValues minute,
    FieldValues hour,
    FieldValues dayOfMonth,
    FieldValues month,
    FieldValues dayOfWeek) {

  private static final FieldValues NOTHING = new FieldValues(0, false, "");

  /** No time of the clock at all. */
  static final CronFields REBOOT = new CronFields(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);

  boolean atReboot() {
    return minute.bits() == 0;
  }

  String text() {
    return atReboot()
        ? "@reboot"
        : String.join(
            " ", minute.text(), hour.text(), dayOfMonth.text(), month.text(), dayOfWeek.text());
  }

  boolean matchesDay(LocalDate day) {
    if (!month.has(day.getMonthValue())) {
      return false;
    }
    boolean inMonth = dayOfMonth.has(day.getDayOfMonth());
    boolean inWeek = dayOfWeek.has(day.getDayOfWeek().getValue() % 7);
    return bothNeeded() ? inMonth && inWeek : inMonth || inWeek;
  }

  private boolean bothNeeded() {
    return dayOfMonth.star() || dayOfWeek.star();
  }

  /** Whether no allowed month is long enough for an allowed day, and no weekday makes up for it. */
  boolean isImpossible() {
    if (!bothNeeded()) {
      return false;
    }
    for (Month candidate : Month.values()) {
      if (month.has(candidate.getValue()) && dayOfMonth.first() <= candidate.maxLength()) {
        return false;
      }
    }
    return true;
  }
}
