package io.crontopus.command.endpoint.heartbeat;

import java.time.LocalDate;

/** Times in the one form that agents send, without the cost of a general parser or formatter. */
final class UtcTime {

  /** Anything but {@code 2026-05-01T12:00:00.123Z}, with or without the fraction. */
  static final long UNUSUAL = Long.MIN_VALUE;

  private static final int WITHOUT_FRACTION = 20;
  private static final int WITH_MILLISECONDS = 24;
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final String SHAPE = "0000-00-00T00:00:00";

  private UtcTime() {}

  /** Milliseconds since 1970, or {@link #UNUSUAL}. */
  static long parse(char[] text, int from, int length) {
    boolean fraction = length == WITH_MILLISECONDS;
    if ((!fraction && length != WITHOUT_FRACTION) || text[from + length - 1] != 'Z') {
      return UNUSUAL;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char expected = SHAPE.charAt(i);
      char found = text[from + i];
      if (expected == '0' ? found < '0' || found > '9' : found != expected) {
        return UNUSUAL;
      }
    }
    int month = two(text, from + 5);
    int day = two(text, from + 8);
    int hour = two(text, from + 11);
    int minute = two(text, from + 14);
    int second = two(text, from + 17);
    if (month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) {
      return day > 28 ? generalDay(text, from, length, month, day) : UNUSUAL;
    }
    return millis(text, from, fraction, month, day);
  }

  /** The time in the API's form: UTC, with milliseconds; of the years with four digits. */
  static String format(long millis) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_PER_DAY));
    int ofDay = (int) Math.floorMod(millis, MILLIS_PER_DAY);
    char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
    put(text, 0, 4, date.getYear());
    put(text, 5, 2, date.getMonthValue());
    put(text, 8, 2, date.getDayOfMonth());
    put(text, 11, 2, ofDay / 3_600_000);
    put(text, 14, 2, ofDay / 60_000 % 60);
    put(text, 17, 2, ofDay / 1_000 % 60);
    put(text, 20, 3, ofDay % 1_000);
    return new String(text);
  }

  private static void put(char[] text, int at, int digits, int value) {
    int rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static long generalDay(char[] text, int from, int length, int month, int day) {
    boolean fits =
        month >= 1
            && month <= 12
            && day <= LocalDate.of(year(text, from), month, 1).lengthOfMonth()
            && two(text, from + 11) <= 23
            && two(text, from + 14) <= 59
            && two(text, from + 17) <= 59;
    return fits ? millis(text, from, length == WITH_MILLISECONDS, month, day) : UNUSUAL;
  }

  private static long millis(char[] text, int from, boolean fraction, int month, int day) {
    int milliseconds = 0;
    if (fraction) {
      if (text[from + 19] != '.') {
        return UNUSUAL;
      }
      for (int i = 20; i < 23; i++) {
        char digit = text[from + i];
        if (digit < '0' || digit > '9') {
          return UNUSUAL;
        }
        milliseconds = milliseconds * 10 + digit - '0';
      }
    }
    long days = LocalDate.of(year(text, from), month, day).toEpochDay();
    long seconds =
        days * 86_400L
            + two(text, from + 11) * 3_600L
            + two(text, from + 14) * 60L
            + two(text, from + 17);
    return seconds * 1_000 + milliseconds;
  }

  private static int year(char[] text, int from) {
    return two(text, from) * 100 + two(text, from + 2);
  }

  private static int two(char[] text, int at) {
    return (text[at] - '0') * 10 + text[at + 1] - '0';
  }
}
