package io.crontopus.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private static Schedule schedule(String zone, String... expressions) {
    return Schedule.parse(List.of(expressions), ZoneId.of(zone));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // 2026-03-08, 02:00 → 03:00: a time of day in the gap is due right after it, once.
        "30 2 * * *     | America/New_York    | 2026-03-08T00:00-05:00 | 2026-03-08T03:00-04:00",
        "0,30 2 * * *   | America/New_York    | 2026-03-08T03:00-04:00 | 2026-03-09T02:00-04:00",
        // 2026-11-01, 02:00 → 01:00: due the first time only.
        "30 1 * * *     | America/New_York    | 2026-11-01T00:00-04:00 | 2026-11-01T01:30-04:00",
        "30 1 * * *     | America/New_York    | 2026-11-01T01:30-04:00 | 2026-11-02T01:30-05:00",
        // With a star they follow elapsed time: nothing in the gap, twice in the overlap.
        "*/30 2 * * *   | America/New_York    | 2026-03-08T00:00-05:00 | 2026-03-09T02:00-04:00",
        "*/30 1 * * *   | America/New_York    | 2026-11-01T01:30-04:00 | 2026-11-01T01:00-05:00",
        "15 * * * *     | America/New_York    | 2026-11-01T01:15-04:00 | 2026-11-01T01:15-05:00",
        // Half an hour.
        "15 2 * * *     | Australia/Lord_Howe | 2026-10-04T01:59+10:30 | 2026-10-04T02:30+11:00",
        // Midnight that does not exist.
        "0 0 * * *      | America/Sao_Paulo   | 2018-11-03T12:00-03:00 | 2018-11-04T01:00-02:00",
        "@daily         | America/Sao_Paulo   | 2018-11-04T01:00-02:00 | 2018-11-05T00:00-02:00",
        // A day that does not exist: 2011-12-30.
        "0 12 * * *     | Pacific/Apia        | 2011-12-29T12:00-10:00 | 2011-12-31T00:00+14:00",
        "0 2 * * *      | Asia/Kathmandu      | 2026-01-01T00:00+05:45 | 2026-01-01T02:00+05:45",
      })
  void followsTheClocksChanges(
      String expression, String zone, OffsetDateTime after, OffsetDateTime next) {
    assertThat(schedule(zone, expression).next(after.toInstant())).contains(next.toInstant());
  }

  @Test
  void isDueWhenAnyOfItsExpressionsIs() {
    Schedule schedule = schedule("UTC", "0 2 * * *", "0 2,14 * * *", "@reboot");
    assertThat(
            schedule.between(
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T14:00:00Z"), 10))
        .isEqualTo(
            Stream.of("2026-01-01T02:00:00Z", "2026-01-01T14:00:00Z", "2026-01-02T02:00:00Z")
                .map(Instant::parse)
                .toList());
    assertThat(schedule.atReboot()).isTrue();
  }

  @Test
  void rebootAloneIsNeverDueByTheClock() {
    Schedule schedule = schedule("UTC", "@reboot");
    assertThat(schedule.next(Instant.EPOCH)).isEmpty();
    assertThat(schedule.previous(Instant.EPOCH)).isEmpty();
    assertThat(schedule.between(Instant.EPOCH, Instant.MAX, 5)).isEmpty();
  }

  @Test
  void leapDaysAreFoundAcrossTheYearThatHasNone() {
    Schedule schedule = schedule("UTC", "0 0 29 2 *");
    assertThat(schedule.next(Instant.parse("2096-02-29T00:00:00Z")))
        .contains(Instant.parse("2104-02-29T00:00:00Z"));
    assertThat(schedule.previous(Instant.parse("2104-02-29T00:00:00Z")))
        .contains(Instant.parse("2096-02-29T00:00:00Z"));
    assertThat(schedule("UTC", "0 0 */29 2 1").next(Instant.parse("2073-01-01T00:00:00Z")))
        .isPresent();
  }

  @Test
  void boundsAreStrict() {
    Schedule hourly = schedule("UTC", "@hourly");
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    assertThat(hourly.next(noon)).contains(noon.plus(Duration.ofHours(1)));
    assertThat(hourly.next(noon.minusNanos(1))).contains(noon);
    assertThat(hourly.previous(noon)).contains(noon.minus(Duration.ofHours(1)));
    assertThat(hourly.previous(noon.plusNanos(1))).contains(noon);
    assertThat(hourly.between(noon, noon, 10)).isEmpty();
    assertThat(hourly.between(noon, noon.plusNanos(1), 10)).containsExactly(noon);
    assertThat(hourly.firesAt(noon.plusSeconds(59))).isTrue();
    assertThat(hourly.firesAt(noon.plusSeconds(60))).isFalse();
  }

  @Test
  void theEndsOfTimeAreNoTrouble() {
    Schedule schedule = schedule("Europe/Berlin", "* * * * *");
    assertThat(schedule.next(Instant.MAX)).isEmpty();
    assertThat(schedule.next(Instant.MIN)).isPresent();
    assertThat(schedule.previous(Instant.MIN)).isEmpty();
    assertThat(schedule.previous(Instant.MAX)).isPresent();
  }

  @Test
  void needsAnExpression() {
    assertThatExceptionOfType(ScheduleException.class)
        .isThrownBy(() -> Schedule.parse(List.of(), UTC))
        .withMessageContaining("at least one");
  }

  @Test
  void isEqualWhenTextsAndZoneAre() {
    assertThat(schedule("UTC", "0 2 * * *"))
        .isEqualTo(schedule("UTC", "0 2 * * *"))
        .hasSameHashCodeAs(schedule("UTC", "0 2 * * *"))
        .isNotEqualTo(schedule("Europe/Berlin", "0 2 * * *"));
  }
}
