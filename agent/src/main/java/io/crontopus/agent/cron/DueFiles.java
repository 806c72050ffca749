package io.crontopus.agent.cron;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.inventory.ScheduledJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.zone.ZoneRulesProvider;

/**
 * The lists of minutes that the wrapper looks up for jobs in another zone than the host's. Renewed
 * once a week, they reach far beyond the time that an agent may be away.
 */
final class DueFiles {

  private static final Duration RENEWED = Duration.ofDays(7);

  private final DataDir data;
  private final Clock clock;

  DueFiles(DataDir data, Clock clock) {
    this.data = data;
    this.clock = clock;
  }

  void refresh(ScheduledJob job, CronTimes times) throws IOException {
    Path file = data.job(job.id()).resolve("due");
    if (times.gate() != CronTimes.Gate.DUE) {
      Files.deleteIfExists(file);
      return;
    }
    String header = header(job);
    if (isFresh(file, header)) {
      return;
    }
    StringBuilder text = new StringBuilder(header).append('\n');
    times.due().forEach(minute -> text.append(minute).append('\n'));
    Files.createDirectories(file.getParent());
    AtomicFile.write(file, text.toString());
  }

  private boolean isFresh(Path file, String header) throws IOException {
    if (!Files.exists(file)
        || Files.getLastModifiedTime(file).toInstant().isBefore(clock.instant().minus(RENEWED))) {
      return false;
    }
    try (BufferedReader reader = Files.newBufferedReader(file, UTF_8)) {
      return header.equals(reader.readLine());
    }
  }

  private static String header(ScheduledJob job) {
    String rules = ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();
    return "# " + String.join(", ", job.expressions()) + " " + job.timezone() + " " + rules;
  }
}
