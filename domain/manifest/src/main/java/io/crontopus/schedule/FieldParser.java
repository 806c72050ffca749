package io.crontopus.schedule;

import io.crontopus.schedule.ScheduleException.Reason;
import java.util.ArrayList;
import java.util.List;

/** Reads one field: {@code *}, numbers, names, ranges, steps, and lists of them. */
final class FieldParser {

  private final CronField field;
  private final String expression;
  private long bits;

  private FieldParser(CronField field, String expression) {
    this.field = field;
    this.expression = expression;
  }

  /**
   * Reads a field.
   *
   * @param text the field
   * @param expression what it is a part of
   * @param position where in it the field starts
   */
  static FieldValues parse(CronField field, String text, String expression, int position) {
    return new FieldParser(field, expression).list(text, position);
  }

  private FieldValues list(String text, int position) {
    List<String> terms = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      terms.add(term(text.substring(start, end), position + start));
      start = end + 1;
    }
    return new FieldValues(bits, text.startsWith("*"), String.join(",", terms));
  }

  private String term(String term, int position) {
    int slash = term.indexOf('/');
    String range = slash < 0 ? term : term.substring(0, slash);
    int step = slash < 0 ? 1 : step(term.substring(slash + 1), position + slash + 1);
    String stepText = slash < 0 ? "" : "/" + step;
    if (range.equals("*")) {
      add(field.min(), field.maxOfStar(), step);
      return "*" + stepText;
    }
    int dash = range.indexOf('-', 1);
    if (dash < 0) {
      int value = value(range, position);
      if (slash >= 0) {
        throw error(
            Reason.STEP,
            position + slash,
            "a step needs a range",
            "write %d-%d/%d, or */%d".formatted(value, field.maxOfStar(), step, step));
      }
      add(value, value, 1);
      return Integer.toString(value % sundayModulus());
    }
    int from = value(range.substring(0, dash), position);
    int to = end(range.substring(dash + 1), position + dash + 1, from);
    if (to < from) {
      throw error(
          Reason.REVERSED_RANGE,
          position,
          "the range %s ends before it starts".formatted(range),
          "write %d-%d,%d-%d".formatted(from, field.maxOfStar(), field.min(), to));
    }
    add(from, to, step);
    return from + "-" + to + stepText;
  }

  /** A range may end in Sunday by name: {@code fri-sun} is 5-7. */
  private int end(String text, int position, int from) {
    int value = value(text, position);
    boolean sundayByName =
        field == CronField.DAY_OF_WEEK && value == 0 && !Character.isDigit(text.charAt(0));
    return sundayByName && from > 0 ? 7 : value;
  }

  private int sundayModulus() {
    return field == CronField.DAY_OF_WEEK ? 7 : 64;
  }

  private void add(int from, int to, int step) {
    for (int value = from; value <= to; value += step) {
      bits |= 1L << (value % sundayModulus());
    }
  }

  private int step(String text, int position) {
    int step = isNumber(text) ? number(text) : -1;
    if (step <= 0) {
      throw error(
          Reason.STEP, position, "not a step: '%s'".formatted(text), "a step is 1 or more: */5");
    }
    return step;
  }

  private int value(String text, int position) {
    if (isNumber(text)) {
      int value = number(text);
      if (value < field.min() || value > field.max()) {
        throw error(
            Reason.OUT_OF_RANGE,
            position,
            "%s is no %s".formatted(text, field.label()),
            "it goes from %d to %d".formatted(field.min(), field.max()));
      }
      return value;
    }
    int named = field.numberOf(text);
    if (named >= 0) {
      return named;
    }
    throw notAValue(text, position);
  }

  private ScheduleException notAValue(String text, int position) {
    if (text.isEmpty()) {
      return error(
          Reason.SYNTAX,
          position,
          "a value is missing in the %s".formatted(field.label()),
          "lists and ranges need a value on each side: 1,15 or 1-5");
    }
    if (text.matches("(?i)[0-9]*[LWH?](-[0-9]+)?|.*#.*|.*~.*|H\\(.*\\)")) {
      return error(
          Reason.NOT_CRON,
          position,
          "'%s' is not plain cron".formatted(text),
          "L, W, #, ?, ~ and H belong to other schedulers; write numbers, * , ranges and steps");
    }
    if (!field.names().isEmpty() && text.matches("[A-Za-z]+")) {
      return error(
          Reason.UNKNOWN_NAME,
          position,
          "'%s' is no %s".formatted(text, field.label()),
          "one of " + String.join(", ", field.names()));
    }
    return error(
        Reason.SYNTAX,
        position,
        "'%s' is no %s".formatted(text, field.label()),
        "it is *, or numbers from %d to %d, with ranges (1-5), steps (*/5) and lists (1,3)"
            .formatted(field.min(), field.max()));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The number, capped well above anything that a field has. */
  private static int number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 4 ? 9_999 : Integer.parseInt(significant);
  }

  private ScheduleException error(Reason reason, int position, String problem, String hint) {
    return new ScheduleException(reason, expression, position, problem, hint);
  }
}
