package io.crontopus.agent.cron;

import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.agent.wrapper.ShellQuote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A job's lines in a crontab: a comment for people, and for each start the wrapper with the job's
 * id. No command and no environment line: those would also hold for lines below the block.
 */
final class CronEntry {

  private CronEntry() {}

  static List<String> lines(ScheduledJob job, CronTimes times, Path wrapper) {
    List<String> lines = new ArrayList<>();
    lines.add(comment(job, times));
    for (String when : times.whens()) {
      lines.add(when + " " + command(wrapper, job.id()) + times.gate().argument(when));
    }
    return lines;
  }

  /** The wrapper with a job's id, as it stands in a crontab, where {@code %} has a meaning. */
  static String command(Path wrapper, String jobId) {
    return ShellQuote.quoteIfNeeded(wrapper.toString()).replace("%", "\\%") + " " + jobId;
  }

  private static String comment(ScheduledJob job, CronTimes times) {
    String comment = "# " + job.qualifiedName();
    if (times.gate() == CronTimes.Gate.DUE) {
      comment += " (" + String.join(", ", job.expressions()) + " " + job.timezone() + ")";
    }
    return job.paused() ? comment + " (paused)" : comment;
  }
}
