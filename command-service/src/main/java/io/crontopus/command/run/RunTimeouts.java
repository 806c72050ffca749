package io.crontopus.command.run;

import io.crontopus.command.bus.Commands;
import io.crontopus.command.bus.Origin;
import io.crontopus.run.RunId;
import io.crontopus.run.commands.TimeOutRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs whose deadline has passed. Every node does this: the run itself decides, so twice is
 * once.
 *
 * <p>After a start it waits, because while the platform was down agents kept their reports: what
 * looks overdue may have ended long ago.
 */
public final class RunTimeouts implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RunTimeouts.class);
  private static final Duration AFTER_START = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int AT_ONCE = 200;

  private final JdbcOpenRuns openRuns;
  private final Commands commands;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("run-timeouts").daemon().factory());

  private RunTimeouts(JdbcOpenRuns openRuns, Commands commands, Clock clock) {
    this.openRuns = openRuns;
    this.commands = commands;
    this.clock = clock;
  }

  /** Starts to watch, until closed. */
  public static RunTimeouts start(JdbcOpenRuns openRuns, Commands commands, Clock clock) {
    RunTimeouts timeouts = new RunTimeouts(openRuns, commands, clock);
    var _ =
        timeouts.timer.scheduleWithFixedDelay(
            timeouts::check, AFTER_START.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return timeouts;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void check() {
    try {
      Instant now = clock.instant();
      for (RunId run : openRuns.overdue(now, AT_ONCE)) {
        commands.sendAndWait(new TimeOutRun(run, now), Origin.system(run.tenantId()));
      }
    } catch (RuntimeException e) {
      log.warn("overdue runs stay open until the next attempt: {}", e.getMessage());
    }
  }
}
