package io.crontopus.agent.cron;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.schedule.CronExpression;
import io.crontopus.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTimesTest {

  private static final Instant NOW = Instant.parse("2026-02-10T12:34:56Z");
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @Test
  void isTheExpressionItselfWhereTheZoneIsTheHosts() {
    assertThat(times("0 2 * * 1-5", NEW_YORK, NEW_YORK))
        .isEqualTo(new CronTimes(List.of("0 2 * * 1-5"), CronTimes.Gate.NONE, List.of()));
    assertThat(times("@daily", ZoneId.of("Etc/UTC"), UTC).whens()).containsExactly("0 0 * * *");
  }

  @Test
  void isTheExpressionItselfWhereTheZoneMakesNoDifference() {
    assertThat(times("*/5 * * * *", NEW_YORK, UTC).gate()).isEqualTo(CronTimes.Gate.NONE);
    assertThat(times("*/5 * * * *", ZoneId.of("Asia/Kolkata"), UTC).gate())
        .isEqualTo(CronTimes.Gate.DUE);
  }

  @Test
  void startsAtRebootWithoutAGate() {
    CronTimes times =
        CronTimes.of(Schedule.parse(List.of("@reboot", "0 2 * * *"), NEW_YORK), UTC, NOW);

    assertThat(times.whens()).containsExactly("@reboot", "0 6,7 * * *");
    assertThat(times.gate().argument("@reboot")).isEmpty();
  }

  @Test
  void runsOnceWhereSeveralExpressionsMeet() {
    CronTimes times =
        CronTimes.of(Schedule.parse(List.of("0 2 * * *", "0 */2 * * *"), UTC), UTC, NOW);

    assertThat(times.whens()).containsExactly("0 2 * * *", "0 */2 * * *");
    assertThat(times.gate()).isEqualTo(CronTimes.Gate.ONCE);
  }

  @Test
  void coversJobsThatAreRarelyDue() {
    CronTimes times = times("30 23 29 2 *", NEW_YORK, UTC);

    assertThat(times.whens()).containsExactly("30 4 * * *");
    assertThat(times.due()).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void coversJobsThatAreDueAllDay() {
    CronTimes times = times("* 9-17 * * *", NEW_YORK, UTC);

    assertThat(times.whens()).containsExactly("* * * * *");
    assertThat(Duration.ofMinutes(times.due().getLast() - times.due().getFirst()))
        .isGreaterThan(Duration.ofDays(60));
  }

  /** Minute by minute through a year: the line starts the wrapper at every due minute. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "30 2 * * *;America/New_York;UTC",
        "30 2 * * *;America/New_York;Europe/Berlin",
        "15 1 * * *;Australia/Lord_Howe;America/St_Johns",
        "*/20 8-18 * * 1-5;Asia/Kathmandu;Europe/Lisbon",
        "0 0 1 * *;Pacific/Apia;America/Los_Angeles"
      })
  void theLineCoversEveryDueMinute(String expression, String zone, String host) {
    CronTimes times = times(expression, ZoneId.of(zone), ZoneId.of(host));
    CronExpression line = CronExpression.parse(times.whens().getFirst());
    TreeSet<Long> due = new TreeSet<>(times.due());

    TreeSet<Long> started = new TreeSet<>();
    for (long minute = due.first(); minute <= due.last(); minute++) {
      Instant at = Instant.ofEpochSecond(minute * 60);
      if (line.matches(LocalDateTime.ofInstant(at, ZoneId.of(host)))) {
        started.add(minute);
      }
    }

    assertThat(started).containsAll(due);
    List<Long> expected =
        Schedule.parse(List.of(expression), ZoneId.of(zone))
            .between(NOW, NOW.plus(Duration.ofDays(400)), 50_000)
            .stream()
            .map(at -> at.getEpochSecond() / 60)
            .toList();
    assertThat(List.copyOf(due)).startsWith(expected.toArray(new Long[0]));
  }

  private static CronTimes times(String expression, ZoneId zone, ZoneId host) {
    return CronTimes.of(Schedule.parse(List.of(expression), zone), host, NOW);
  }
}
