package io.crontopus.command.sso;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that sign-ins which are over are forgotten, whether or not anybody signs in again. */
final class AttemptSweep implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AttemptSweep.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final AttemptStore attempts;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sso-sweep").daemon().factory());

  private AttemptSweep(AttemptStore attempts, Clock clock) {
    this.attempts = attempts;
    this.clock = clock;
  }

  /** Starts to, until closed. */
  static AttemptSweep start(AttemptStore attempts, Clock clock) {
    AttemptSweep sweep = new AttemptSweep(attempts, clock);
    var _ =
        sweep.timer.scheduleWithFixedDelay(
            sweep::sweep, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return sweep;
  }

  /** Forgets those that are over now. */
  void sweep() {
    try {
      attempts.sweep(clock.instant());
    } catch (RuntimeException e) {
      log.warn("sign-ins that are over are forgotten later: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
