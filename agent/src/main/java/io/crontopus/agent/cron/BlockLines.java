package io.crontopus.agent.cron;

import io.crontopus.agent.inventory.ScheduledJob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From jobs to the lines of the block, and from lines back to the jobs that they start. */
final class BlockLines {

  private static final Duration RENEWED = Duration.ofDays(7);

  private record Computed(Instant at, ScheduledJob job, CronTimes times) {}

  private final Path wrapper;
  private final ZoneId host;
  private final Clock clock;
  private final Map<String, Computed> computed = new HashMap<>();

  BlockLines(Path wrapper, ZoneId host, Clock clock) {
    this.wrapper = wrapper;
    this.host = host;
    this.clock = clock;
  }

  /** All lines of the block, by namespace and name. */
  List<String> of(List<ScheduledJob> jobs) {
    return jobs.stream()
        .sorted(Comparator.comparing(ScheduledJob::qualifiedName))
        .flatMap(job -> of(job).stream())
        .toList();
  }

  List<String> of(ScheduledJob job) {
    return CronEntry.lines(job, times(job), wrapper);
  }

  CronTimes times(ScheduledJob job) {
    Instant now = clock.instant();
    @Nullable Computed known = computed.get(job.id());
    if (known == null
        || !known.job().schedule().equals(job.schedule())
        || known.at().isBefore(now.minus(RENEWED))) {
      known = new Computed(now, job, CronTimes.of(job.schedule(), host, now));
      computed.put(job.id(), known);
    }
    return known.times();
  }

  /** The lines that start jobs, by the job's id. */
  Map<String, List<String>> byJob(List<String> lines) {
    Map<String, List<String>> byJob = new HashMap<>();
    for (String line : lines) {
      jobOf(line).ifPresent(id -> byJob.computeIfAbsent(id, i -> new ArrayList<>()).add(line));
    }
    return byJob;
  }

  /** Lines that are neither comments nor start a job of ours. */
  List<String> strange(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .filter(line -> jobOf(line).isEmpty())
        .toList();
  }

  private Optional<String> jobOf(String line) {
    String call = CronEntry.command(wrapper, "");
    int at = line.indexOf(call);
    if (at < 0 || line.strip().startsWith("#")) {
      return Optional.empty();
    }
    String id = line.substring(at + call.length()).strip().replaceFirst("[^0-9A-Za-z-].*", "");
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }
}
