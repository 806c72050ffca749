package io.crontopus.agent.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.agent.reconcile.JobTable;
import io.crontopus.agent.reconcile.TableChange;
import io.crontopus.agent.reconcile.UnifiedDiff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Starts jobs from the agent's own process, as cron would: at the minute that they are due, and not
 * afterwards. A job whose time passed while the agent or the machine slept waits for the next one.
 */
public final class EmbeddedTable implements JobTable, AutoCloseable {

  private static final Duration LATEST = Duration.ofSeconds(60);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(20);

  private final Launcher launcher;
  private final Clock clock;
  private final Map<String, Slot> slots = new HashMap<>();
  private @Nullable Thread thread;
  private boolean stopped;

  private record Slot(ScheduledJob job, Optional<Instant> due) {}

  /** A table that runs jobs of a data folder. */
  public EmbeddedTable(DataDir data, Duration stopGrace, Clock clock) {
    this.launcher = new Launcher(data, stopGrace);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public synchronized boolean isAlive() {
    return thread != null && thread.isAlive();
  }

  @Override
  public synchronized TableChange compare(List<ScheduledJob> wanted) {
    List<ScheduledJob> now = slots.values().stream().map(Slot::job).toList();
    String diff =
        UnifiedDiff.of("schedule", text(now).getBytes(UTF_8), text(wanted).getBytes(UTF_8));
    return new TableChange(Set.of(), List.of(), diff);
  }

  @Override
  public synchronized TableChange apply(List<ScheduledJob> wanted) {
    TableChange change = compare(wanted);
    Map<String, Slot> next = new HashMap<>();
    for (ScheduledJob job : wanted) {
      @Nullable Slot known = slots.get(job.id());
      boolean same =
          known != null
              && known.job().expressions().equals(job.expressions())
              && known.job().timezone().equals(job.timezone());
      Optional<Instant> due =
          same && known != null ? known.due() : job.schedule().next(clock.instant());
      next.put(job.id(), new Slot(job, due));
    }
    slots.clear();
    slots.putAll(next);
    notifyAll();
    return change;
  }

  /** Begins to start jobs; those for {@code @reboot} at once. */
  public synchronized void start() {
    slots.values().stream()
        .filter(slot -> slot.job().schedule().atReboot())
        .forEach(slot -> launcher.launch(slot.job()));
    thread = Thread.ofVirtual().name("embedded-scheduler").start(this::run);
  }

  private synchronized void run() {
    try {
      while (!stopped) {
        launchDue();
        Instant now = clock.instant();
        Duration sleep =
            slots.values().stream()
                .flatMap(slot -> slot.due().stream())
                .min(Comparator.naturalOrder())
                .map(due -> Duration.between(now, due))
                .filter(until -> until.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
        wait(Math.max(1, sleep.toMillis() + 1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void launchDue() {
    Instant now = clock.instant();
    for (Slot slot : new ArrayList<>(slots.values())) {
      if (slot.due().isEmpty() || slot.due().get().isAfter(now)) {
        continue;
      }
      Instant due = slot.due().get();
      boolean isLate = Duration.between(due, now).compareTo(LATEST) > 0;
      if (!isLate) {
        launcher.launch(slot.job());
      }
      Instant from = isLate ? now : due;
      slots.put(slot.job().id(), new Slot(slot.job(), slot.job().schedule().next(from)));
    }
  }

  /** Starts nothing any more, and ends what it started. */
  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    launcher.close();
  }

  private static String text(List<ScheduledJob> jobs) {
    return jobs.stream()
        .sorted(Comparator.comparing(ScheduledJob::qualifiedName))
        .map(
            job ->
                "%s  %s %s%s%n"
                    .formatted(
                        job.qualifiedName(),
                        String.join(", ", job.expressions()),
                        job.timezone(),
                        job.paused() ? " (paused)" : ""))
        .collect(Collectors.joining());
  }
}
