package io.crontopus.command.run;

import io.crontopus.command.run.OverdueRuns.Overdue;
import io.crontopus.command.run.intake.Reply;
import io.crontopus.command.run.intake.RunCommand;
import io.crontopus.command.run.intake.RunIntake;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.run.commands.TimeOutRun;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs whose deadline has passed. Every node does this: the run itself decides, so twice is
 * once.
 *
 * <p>After a start it waits, and after each time that the database was away or the process stood
 * still: agents kept their reports meanwhile, and what looks overdue may have ended long ago.
 */
public final class RunTimeouts implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RunTimeouts.class);
  private static final Duration REPORTS_ARRIVE = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int AT_ONCE = 500;

  /** Whatever takes longer than this was away, or this process was. */
  private static final Duration AWAY = Duration.ofSeconds(5);

  private final OverdueRuns overdue;
  private final RunIntake intake;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("run-timeouts").daemon().factory());

  /** When reports could not be taken for the last time. */
  private volatile long awayAt;

  private long lastAt;

  RunTimeouts(OverdueRuns overdue, RunIntake intake, LongSupplier nanoTime) {
    this.overdue = overdue;
    this.intake = intake;
    this.nanoTime = nanoTime;
    this.awayAt = nanoTime.getAsLong();
    this.lastAt = awayAt;
  }

  /** Starts to watch, until closed. */
  static RunTimeouts start(OverdueRuns overdue, RunIntake intake) {
    RunTimeouts timeouts = new RunTimeouts(overdue, intake, System::nanoTime);
    var _ =
        timeouts.timer.scheduleWithFixedDelay(
            timeouts::check, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return timeouts;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Looks also while it waits: that is how it notices that the database is still away. */
  void check() {
    noteDelay(lastAt);
    long begun = nanoTime.getAsLong();
    try {
      List<Overdue> found = overdue.find(AT_ONCE);
      noteDelay(begun);
      if (nanoTime.getAsLong() - awayAt >= REPORTS_ARRIVE.toNanos()) {
        CountDownLatch done = new CountDownLatch(found.size());
        intake.take(found.stream().map(run -> timeOut(run, done)).toList());
        done.await();
        noteDelay(begun);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Problem e) {
      log.debug("overdue runs stay open for want of room: {}", e.getMessage());
    } catch (RuntimeException e) {
      awayAt = nanoTime.getAsLong();
      log.warn(
          "overdue runs stay open until reports have been taken for {} minutes: {}",
          REPORTS_ARRIVE.toMinutes(),
          e.getMessage());
    } finally {
      lastAt = nanoTime.getAsLong();
    }
  }

  private void noteDelay(long begun) {
    long now = nanoTime.getAsLong();
    if (now - begun > AWAY.toNanos()) {
      awayAt = now;
    }
  }

  private RunCommand timeOut(Overdue run, CountDownLatch done) {
    return new RunCommand.TimeOut(
        new TimeOutRun(run.run(), run.at()),
        run.job(),
        Origin.system(run.run().tenantId()),
        new Reply() {
          @Override
          public void accepted(CheckInAccepted answer) {
            done.countDown();
          }

          @Override
          public void failed(RuntimeException reason) {
            log.warn("run {} stays open: {}", run.run(), reason.getMessage());
            done.countDown();
          }
        });
  }
}
