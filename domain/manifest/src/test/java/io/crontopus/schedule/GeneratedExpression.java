package io.crontopus.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** An expression with its meaning, spelled out in the plainest way. */
record GeneratedExpression(
    GeneratedField minute,
    GeneratedField hour,
    GeneratedField dayOfMonth,
    GeneratedField month,
    GeneratedField dayOfWeek) {

  static Arbitrary<GeneratedExpression> any() {
    return Combinators.combine(
            GeneratedField.between(0, 59),
            GeneratedField.between(0, 23),
            GeneratedField.between(1, 31),
            GeneratedField.between(1, 12),
            GeneratedField.between(0, 6))
        .as(GeneratedExpression::new);
  }

  String text() {
    return String.join(
        " ", minute.text(), hour.text(), dayOfMonth.text(), month.text(), dayOfWeek.text());
  }

  boolean followsElapsedTime() {
    return minute.star() || hour.star();
  }

  boolean matches(LocalDateTime time) {
    return minute.values().contains(time.getMinute())
        && hour.values().contains(time.getHour())
        && matches(time.toLocalDate());
  }

  boolean matches(LocalDate day) {
    boolean monthDay = dayOfMonth.values().contains(day.getDayOfMonth());
    boolean weekDay = dayOfWeek.values().contains(day.getDayOfWeek().getValue() % 7);
    boolean both = dayOfMonth.star() || dayOfWeek.star();
    boolean due = both ? monthDay && weekDay : monthDay || weekDay;
    return due && month.values().contains(day.getMonthValue());
  }
}
