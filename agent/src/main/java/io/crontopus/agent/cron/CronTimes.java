package io.crontopus.agent.cron;

import io.crontopus.schedule.CronExpression;
import io.crontopus.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as lines for a cron that knows one zone only, the host's.
 *
 * <p>Where the job's zone has the host's rules, the expression is the line: cron itself knows about
 * days and about changes of the clock. Elsewhere the line stands for more minutes than the schedule
 * has, and the wrapper looks the minute up in a list of the right ones.
 *
 * @param whens the five fields, or {@code @reboot}
 * @param gate what the wrapper checks before it runs the job
 * @param due the minutes, since 1970 and in order, that the wrapper looks up
 */
record CronTimes(List<String> whens, Gate gate, List<Long> due) {

  /** How far the list of minutes reaches, so that jobs go on when the agent does not. */
  private static final Duration HORIZON = Duration.ofDays(400);

  private static final int FEWEST_DUE = 10;
  private static final int MOST_DUE = 50_000;
  private static final String REBOOT = "@reboot";

  /** What the wrapper checks. */
  enum Gate {
    /** Nothing. */
    NONE(""),
    /** That another line of the job has not started it in this minute. */
    ONCE(" --once"),
    /** That the minute is one of the schedule's. */
    DUE(" --if-due");

    private final String argument;

    Gate(String argument) {
      this.argument = argument;
    }

    String argument(String when) {
      return when.equals(REBOOT) ? "" : argument;
    }
  }

  CronTimes {
    whens = List.copyOf(whens);
    due = List.copyOf(due);
  }

  static CronTimes of(Schedule schedule, ZoneId host, Instant now) {
    List<CronExpression> clock =
        schedule.expressions().stream().filter(expression -> !expression.atReboot()).toList();
    List<String> whens = new ArrayList<>();
    if (schedule.atReboot()) {
      whens.add(REBOOT);
    }
    if (clock.isEmpty()) {
      return new CronTimes(whens, Gate.NONE, List.of());
    }
    if (clock.stream()
        .allMatch(expression -> isSameInBoth(expression, schedule.zone(), host, now))) {
      clock.stream().map(CronExpression::fields).distinct().forEach(whens::add);
      boolean several = whens.size() - (schedule.atReboot() ? 1 : 0) > 1;
      return new CronTimes(whens, several ? Gate.ONCE : Gate.NONE, List.of());
    }
    List<Instant> due = due(Schedule.of(clock, schedule.zone()), now);
    whens.add(covering(due, host));
    return new CronTimes(
        whens, Gate.DUE, due.stream().map(at -> at.getEpochSecond() / 60).toList());
  }

  private static boolean isSameInBoth(
      CronExpression expression, ZoneId zone, ZoneId host, Instant now) {
    return zone.getRules().equals(host.getRules())
        || (expression.fields().endsWith(" * * * *")
            && minutesPastTheHour(zone.getRules(), now)
                .equals(minutesPastTheHour(host.getRules(), now))
            && minutesPastTheHour(zone.getRules(), now).size() == 1);
  }

  /** By how much a zone's hours begin off UTC's, now and in the years to come. */
  private static Set<Integer> minutesPastTheHour(ZoneRules rules, Instant now) {
    Set<Integer> offsets = new HashSet<>();
    offsets.add(pastTheHour(rules.getOffset(now)));
    Instant end = now.plus(Duration.ofDays(5 * 366));
    @Nullable ZoneOffsetTransition next = rules.nextTransition(now);
    while (next != null && next.getInstant().isBefore(end)) {
      offsets.add(pastTheHour(next.getOffsetAfter()));
      next = rules.nextTransition(next.getInstant());
    }
    return offsets;
  }

  private static int pastTheHour(ZoneOffset offset) {
    return Math.floorMod(offset.getTotalSeconds(), 3600);
  }

  private static List<Instant> due(Schedule schedule, Instant now) {
    List<Instant> due = new ArrayList<>(schedule.between(now, now.plus(HORIZON), MOST_DUE));
    while (due.size() < FEWEST_DUE) {
      Optional<Instant> next = schedule.next(due.isEmpty() ? now : due.getLast());
      if (next.isEmpty()) {
        break;
      }
      due.add(next.get());
    }
    return due;
  }

  /** Fields of a line that stands for all of these minutes, and more. */
  private static String covering(List<Instant> due, ZoneId host) {
    TreeSet<Integer> minutes = new TreeSet<>();
    TreeSet<Integer> hours = new TreeSet<>();
    for (Instant at : due) {
      minutes.add(at.atZone(host).getMinute());
      hours.add(at.atZone(host).getHour());
    }
    return due.size() >= MOST_DUE
        ? "* * * * *"
        : field(minutes, 60) + " " + field(hours, 24) + " * * *";
  }

  private static String field(TreeSet<Integer> values, int all) {
    if (values.size() == all) {
      return "*";
    }
    StringBuilder text = new StringBuilder();
    @Nullable Integer value = values.first();
    while (value != null) {
      int last = value;
      while (values.contains(last + 1)) {
        last++;
      }
      text.append(text.isEmpty() ? "" : ",").append(value);
      if (last > value) {
        text.append(last > value + 1 ? '-' : ',').append(last);
      }
      value = values.higher(last);
    }
    return text.toString();
  }
}
