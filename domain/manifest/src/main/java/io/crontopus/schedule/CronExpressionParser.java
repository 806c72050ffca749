package io.crontopus.schedule;

import io.crontopus.schedule.ScheduleException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads expressions: macros, or five fields. */
final class CronExpressionParser {

  private static final int LONGEST = 500;
  private static final Pattern WORD = Pattern.compile("[^ \\t]+");
  private static final List<CronField> FIELDS = List.of(CronField.values());
  private static final String REBOOT = "@reboot";
  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private CronExpressionParser() {}

  static CronExpression parse(String expression) {
    String text = expression.strip();
    if (text.isEmpty()) {
      throw new ScheduleException(
          Reason.EMPTY, expression, 0, "the schedule is empty", "write five fields: 0 2 * * *");
    }
    if (text.length() > LONGEST) {
      throw new ScheduleException(
          Reason.SYNTAX,
          text.substring(0, LONGEST),
          LONGEST,
          "the expression has more than %d characters".formatted(LONGEST),
          "split it into several expressions");
    }
    return text.startsWith("@")
        ? new CronExpression(text, macro(text, expression))
        : new CronExpression(text, fields(expression));
  }

  private static CronFields macro(String text, String expression) {
    String name = text.toLowerCase(Locale.ROOT);
    if (name.equals(REBOOT)) {
      return CronFields.REBOOT;
    }
    @Nullable String fields = MACROS.get(name);
    if (fields == null) {
      throw new ScheduleException(
          Reason.UNKNOWN_MACRO,
          expression,
          expression.indexOf('@'),
          "no macro is called " + text,
          "one of @reboot, @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly");
    }
    return fields(fields);
  }

  private static CronFields fields(String expression) {
    List<FieldValues> values = new ArrayList<>();
    Matcher words = WORD.matcher(expression);
    requireFive(expression);
    while (words.find()) {
      CronField field = FIELDS.get(values.size());
      values.add(FieldParser.parse(field, words.group(), expression, words.start()));
    }
    CronFields fields =
        new CronFields(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4));
    if (fields.isImpossible()) {
      throw impossible(expression, fields);
    }
    return fields;
  }

  private static void requireFive(String expression) {
    List<Integer> starts = WORD.matcher(expression).results().map(MatchResult::start).toList();
    if (starts.size() == 5) {
      return;
    }
    String hint =
        starts.size() == 6 || starts.size() == 7
            ? "cron has no field for seconds or years: minute, hour, day of month, month, day of"
                + " week"
            : "write minute, hour, day of month, month and day of week: 0 2 * * *";
    int position = starts.size() > 5 ? starts.get(5) : expression.length();
    throw new ScheduleException(
        Reason.FIELD_COUNT,
        expression,
        position,
        "%d field%s where cron has 5".formatted(starts.size(), starts.size() == 1 ? "" : "s"),
        hint);
  }

  private static ScheduleException impossible(String expression, CronFields fields) {
    Matcher words = WORD.matcher(expression);
    int position = words.results().skip(2).findFirst().orElseThrow().start();
    return new ScheduleException(
        Reason.IMPOSSIBLE,
        expression,
        position,
        "never due: no month %s has a day %s"
            .formatted(fields.month().text(), fields.dayOfMonth().text()),
        "check day of month (third) and month (fourth)");
  }
}
