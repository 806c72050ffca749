package io.crontopus.command.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Times in the shape that the API itself writes, read without a formatter. */
final class Times {

  private static final int SECONDS_END = "2026-05-01T12:00:00".length();
  private static final int MOST_DIGITS = 9;

  private Times() {}

  /** The time; null when the text has another shape, or is no time. */
  static @Nullable Instant instant(String text) {
    int length = text.length();
    if (length <= SECONDS_END
        || text.charAt(length - 1) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, SECONDS_END);
    int nano = nano(text, length - 1);
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    if (Math.min(Math.min(year, month), Math.min(day, nano)) < 0
        || Math.min(hour, Math.min(minute, second)) < 0
        || hour > 23
        || minute > 59
        || second > 59) {
      return null;
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      return Instant.ofEpochSecond(days * 86_400 + hour * 3_600L + minute * 60L + second, nano);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int nano(String text, int end) {
    if (end == SECONDS_END) {
      return 0;
    }
    int digits = end - SECONDS_END - 1;
    if (text.charAt(SECONDS_END) != '.' || digits < 1 || digits > MOST_DIGITS) {
      return -1;
    }
    int nano = number(text, SECONDS_END + 1, end);
    for (int i = digits; i < MOST_DIGITS && nano >= 0; i++) {
      nano *= 10;
    }
    return nano;
  }

  /** The number of these digits; negative when there is something else. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
