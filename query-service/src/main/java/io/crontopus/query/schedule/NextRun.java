package io.crontopus.query.schedule;

import io.crontopus.schedule.Schedule;
import io.crontopus.schedule.ScheduleException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a job is due next, by the schedule that a manifest or a machine has for it. */
public final class NextRun {

  private NextRun() {}

  /**
   * The first instant after {@code now}.
   *
   * @param timezone an IANA name; null for UTC
   * @return null when there is none, or when the schedule cannot be understood
   */
  public static @Nullable Instant after(
      Instant now, List<String> schedule, @Nullable String timezone) {
    if (schedule.isEmpty()) {
      return null;
    }
    try {
      ZoneId zone = ZoneId.of(timezone == null || timezone.isEmpty() ? "UTC" : timezone);
      return Schedule.parse(schedule, zone).next(now).orElse(null);
    } catch (ScheduleException | DateTimeException e) {
      return null;
    }
  }
}
