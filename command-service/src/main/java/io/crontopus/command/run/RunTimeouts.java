package io.crontopus.command.run;

import io.crontopus.command.run.OverdueRuns.Overdue;
import io.crontopus.command.run.intake.Reply;
import io.crontopus.command.run.intake.RunCommand;
import io.crontopus.command.run.intake.RunIntake;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.run.commands.TimeOutRun;
import io.crontopus.web.Origin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
  private static final int AT_ONCE = 500;

  private final OverdueRuns overdue;
  private final RunIntake intake;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("run-timeouts").daemon().factory());

  private RunTimeouts(OverdueRuns overdue, RunIntake intake, Clock clock) {
    this.overdue = overdue;
    this.intake = intake;
    this.clock = clock;
  }

  /** Starts to watch, until closed. */
  static RunTimeouts start(OverdueRuns overdue, RunIntake intake, Clock clock) {
    RunTimeouts timeouts = new RunTimeouts(overdue, intake, clock);
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
      List<Overdue> found = overdue.find(now, AT_ONCE);
      CountDownLatch done = new CountDownLatch(found.size());
      intake.take(found.stream().map(run -> timeOut(run, now, done)).toList());
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("overdue runs stay open until the next attempt: {}", e.getMessage());
    }
  }

  private static RunCommand timeOut(Overdue overdue, Instant now, CountDownLatch done) {
    return new RunCommand.TimeOut(
        new TimeOutRun(overdue.run(), now),
        overdue.job(),
        Origin.system(overdue.run().tenantId()),
        new Reply() {
          @Override
          public void accepted(CheckInAccepted answer) {
            done.countDown();
          }

          @Override
          public void failed(RuntimeException reason) {
            log.warn("run {} stays open: {}", overdue.run(), reason.getMessage());
            done.countDown();
          }
        });
  }
}
