package io.crontopus.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Schedules against a clock that is looked at minute by minute. */
class SchedulePropertyTest {

  private static final Instant FIRST = Instant.parse("1975-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2037-01-01T00:00:00Z");

  private static final List<ZoneId> ZONES =
      Stream.of(
              "UTC",
              "America/New_York",
              "Europe/Berlin",
              "Australia/Lord_Howe", // half an hour of daylight saving
              "America/Sao_Paulo", // midnights that do not exist
              "Asia/Kathmandu", // 05:45, a gap of 15 minutes in 1986
              "Africa/Casablanca", // two changes around Ramadan
              "Pacific/Apia", // a day that does not exist
              "Antarctica/Troll", // two hours of daylight saving
              "Asia/Tehran")
          .map(ZoneId::of)
          .toList();

  @Provide
  Arbitrary<GeneratedExpression> expressions() {
    return GeneratedExpression.any();
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(ZONES);
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(FIRST.getEpochSecond() / 60, LAST.getEpochSecond() / 60)
        .map(minute -> Instant.ofEpochSecond(minute * 60));
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void isDueWhenTheClockSaysSoAroundChangesOfTheClock(
      @ForAll("expressions") GeneratedExpression expression,
      @ForAll("zones") ZoneId zone,
      @ForAll("instants") Instant instant,
      @ForAll @IntRange(min = 0, max = 1_500) int minutesBefore) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(instant);
    Instant middle = change == null ? instant : change.getInstant();
    assertSameAsClock(expression, zone, middle.minus(Duration.ofMinutes(minutesBefore)));
  }

  /** The changes that matter happen in the small hours, so most fixed times are put there. */
  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void isDueWhenTheClockSaysSoInTheHoursThatAreSkippedOrRepeated(
      @ForAll("expressions") GeneratedExpression any,
      @ForAll("zones") ZoneId zone,
      @ForAll("instants") Instant instant,
      @ForAll @IntRange(min = 0, max = 3) int hour) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(instant);
    Assume.that(change != null);
    GeneratedField everyDay = new GeneratedField("*", DayRange.of(1, 31));
    GeneratedExpression early =
        new GeneratedExpression(
            any.minute(),
            new GeneratedField("" + hour, DayRange.of(hour, hour)),
            everyDay,
            new GeneratedField("*", DayRange.of(1, 12)),
            new GeneratedField("*", DayRange.of(0, 6)));
    assertSameAsClock(early, zone, change.getInstant().minus(Duration.ofHours(20)));
  }

  private static void assertSameAsClock(GeneratedExpression expression, ZoneId zone, Instant from) {
    Assume.that(isPossible(expression));
    Instant to = from.plus(Duration.ofDays(2));
    List<Instant> expected = ClockOracle.due(expression, zone, from, to);
    Schedule schedule = Schedule.parse(List.of(expression.text()), zone);
    assertThat(schedule.between(from, to, Integer.MAX_VALUE))
        .as("%s in %s from %s", expression.text(), zone, from)
        .isEqualTo(expected);
    if (!expected.isEmpty()) {
      assertThat(schedule.previous(to)).contains(expected.getLast());
      assertThat(schedule.firesAt(expected.getFirst().plusSeconds(59))).isTrue();
    }
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void nextIsOnTheFirstDayThatMatches(
      @ForAll("expressions") GeneratedExpression expression, @ForAll("instants") Instant instant) {
    Assume.that(isPossible(expression));
    LocalDate day = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toLocalDate().plusDays(1);
    while (!expression.matches(day)) {
      day = day.plusDays(1);
    }
    LocalDateTime time = day.atStartOfDay();
    while (!expression.matches(time)) {
      time = time.plusMinutes(1);
    }
    Instant endOfToday =
        LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
            .toLocalDate()
            .plusDays(1)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC);
    Schedule schedule = Schedule.parse(List.of(expression.text()), ZoneOffset.UTC);
    assertThat(schedule.next(endOfToday.minusNanos(1))).contains(time.toInstant(ZoneOffset.UTC));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void severalExpressionsAreDueWheneverOneOfThemIs(
      @ForAll("zones") ZoneId zone,
      @ForAll("instants") Instant from,
      @ForAll @Size(min = 2, max = 4) List<@From("expressions") GeneratedExpression> expressions) {
    Assume.that(expressions.stream().allMatch(SchedulePropertyTest::isPossible));
    Instant to = from.plus(Duration.ofDays(1));
    List<Instant> expected =
        expressions.stream()
            .flatMap(e -> ClockOracle.due(e, zone, from, to).stream())
            .distinct()
            .sorted()
            .toList();
    List<String> texts = expressions.stream().map(GeneratedExpression::text).toList();
    assertThat(Schedule.parse(texts, zone).between(from, to, Integer.MAX_VALUE))
        .isEqualTo(expected);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void normalisedFieldsMeanTheSame(@ForAll("expressions") GeneratedExpression expression) {
    Assume.that(isPossible(expression));
    CronExpression parsed = CronExpression.parse(expression.text());
    assertThat(CronExpression.parse(parsed.fields()).fields()).isEqualTo(parsed.fields());
    assertThat(parsed.followsElapsedTime()).isEqualTo(expression.followsElapsedTime());
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void anExpressionIsRejectedExactlyWhenNoDayInFortyYearsMatches(
      @ForAll("expressions") GeneratedExpression expression) {
    if (isPossible(expression)) {
      assertThat(CronExpression.parse(expression.text())).isNotNull();
    } else {
      assertThatThrownBy(() -> CronExpression.parse(expression.text()))
          .isInstanceOfSatisfying(
              ScheduleException.class,
              e -> assertThat(e.reason()).isEqualTo(ScheduleException.Reason.IMPOSSIBLE));
    }
  }

  private static boolean isPossible(GeneratedExpression expression) {
    LocalDate start = LocalDate.of(2000, 1, 1);
    return Stream.iterate(start, day -> day.plusDays(1))
        .limit(366 * 40)
        .anyMatch(expression::matches);
  }
}
