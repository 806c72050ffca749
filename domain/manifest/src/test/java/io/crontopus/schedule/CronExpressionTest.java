package io.crontopus.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.crontopus.schedule.ScheduleException.Reason;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@yearly            | 0 0 1 1 *",
        "@annually          | 0 0 1 1 *",
        "@monthly           | 0 0 1 * *",
        "@weekly            | 0 0 * * 0",
        "@Daily             | 0 0 * * *",
        "@midnight          | 0 0 * * *",
        "@hourly            | 0 * * * *",
        "@reboot            | @reboot",
        "0 2 * * *          | 0 2 * * *",
        "00 02 * * *        | 0 2 * * *",
        "5  4   1 JAN Mon   | 5 4 1 1 1",
        "0 0 * jan-Mar fri  | 0 0 * 1-3 5",
        "0 0 * * 7          | 0 0 * * 0",
        "0 0 * * fri-sun    | 0 0 * * 5-7",
        "0 0 * * sun-tue    | 0 0 * * 0-2",
        "0 0 * * 1-7/2      | 0 0 * * 1-7/2",
        "*/5 1,2-4 */2 * *  | */5 1,2-4 */2 * *",
      })
  void fieldsAreWhatAnyCronReads(String expression, String fields) {
    assertThat(CronExpression.parse(expression).fields()).isEqualTo(fields);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Both restricted: one is enough.
        "0 0 13 * fri   | 2026-11-13T00:00 | true",
        "0 0 13 * fri   | 2026-11-14T00:00 | false",
        "0 0 13 * fri   | 2026-12-13T00:00 | true",
        "0 0 13 * fri   | 2026-11-20T00:00 | true",
        // One starts with a star: both are needed.
        "0 0 */2 * mon  | 2026-11-23T00:00 | true",
        "0 0 */2 * mon  | 2026-11-30T00:00 | false",
        "0 0 */2 * mon  | 2026-11-25T00:00 | false",
        "0 0 13 * */2   | 2026-12-13T00:00 | true",
        "0 0 13 * */2   | 2026-11-13T00:00 | false",
        "0 0 1-7 * *    | 2026-11-07T00:00 | true",
        "0 0 1-7 * *    | 2026-11-08T00:00 | false",
        // A star that is not first restricts, as in cron.
        "0 0 13,* * fri | 2026-11-10T00:00 | true",
      })
  void daysCombineAsInCron(String expression, LocalDateTime time, boolean matches) {
    assertThat(CronExpression.parse(expression).matches(time)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''              | EMPTY          | 0",
        "0 2 * *         | FIELD_COUNT    | 7",
        "0 0 2 * * *     | FIELD_COUNT    | 10",
        "60 2 * * *      | OUT_OF_RANGE   | 0",
        "0 24 * * *      | OUT_OF_RANGE   | 2",
        "0 2 0 * *       | OUT_OF_RANGE   | 4",
        "0 2 32 * *      | OUT_OF_RANGE   | 4",
        "0 2 * 13 *      | OUT_OF_RANGE   | 6",
        "0 2 * * 8       | OUT_OF_RANGE   | 8",
        "0 2 * * 1,8     | OUT_OF_RANGE   | 10",
        "0 2 * * 99999999999999999999 | OUT_OF_RANGE | 8",
        "0 22-2 * * *    | REVERSED_RANGE | 2",
        "0 2 * * 5-0     | REVERSED_RANGE | 8",
        "*/0 2 * * *     | STEP           | 2",
        "*/x 2 * * *     | STEP           | 2",
        "5/15 * * * *    | STEP           | 1",
        "0 2 * foo *     | UNKNOWN_NAME   | 6",
        "0 2 * * funday  | UNKNOWN_NAME   | 8",
        "0 2 * * mon,    | SYNTAX         | 12",
        "0 2-- * * *     | SYNTAX         | 4",
        "0 -2 * * *      | SYNTAX         | 2",
        "a 2 * * *       | SYNTAX         | 0",
        "0 2 L * *       | NOT_CRON       | 4",
        "0 2 15W * *     | NOT_CRON       | 4",
        "0 2 ? * *       | NOT_CRON       | 4",
        "0 2 * * 5#3     | NOT_CRON       | 8",
        "0~30 2 * * *    | NOT_CRON       | 0",
        "H 2 * * *       | NOT_CRON       | 0",
        "@dayly          | UNKNOWN_MACRO  | 0",
        "0 0 31 2 *      | IMPOSSIBLE     | 4",
        "0 0 30-31 feb * | IMPOSSIBLE     | 4",
        "0 0 31 4,6,9,11 * | IMPOSSIBLE   | 4",
        "0 0 31 2 */2    | IMPOSSIBLE     | 4",
      })
  void saysWhatIsWrongAndWhere(String expression, Reason reason, int position) {
    ScheduleException e =
        catchThrowableOfType(ScheduleException.class, () -> CronExpression.parse(expression));
    assertThat(e).as(expression).isNotNull();
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e.position()).isEqualTo(position);
    assertThat(e.expression()).isEqualTo(expression);
    assertThat(e.hint()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 0 29 2 *", "0 0 31 2 1", "0 0 */31 2 *", "*/90 * * * *", " 0 2 * * * "})
  void acceptsWhatIsRareOrOdd(String expression) {
    assertThat(CronExpression.parse(expression).text()).isEqualTo(expression.strip());
  }

  @Test
  void hintsNameARemedy() {
    assertThatExceptionOfType(ScheduleException.class)
        .isThrownBy(() -> CronExpression.parse("0 22-2 * * *"))
        .withMessage("the range 22-2 ends before it starts; write 22-23,0-2");
    assertThatExceptionOfType(ScheduleException.class)
        .isThrownBy(() -> CronExpression.parse("5/15 * * * *"))
        .withMessage("a step needs a range; write 5-59/15, or */15");
    assertThatExceptionOfType(ScheduleException.class)
        .isThrownBy(() -> CronExpression.parse("0 0 31 2 *"))
        .withMessage(
            "never due: no month 2 has a day 31; check day of month (third) and month (fourth)");
  }
}
