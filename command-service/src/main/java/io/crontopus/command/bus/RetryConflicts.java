package io.crontopus.command.bus;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.modelling.command.ConcurrencyException;

/** Sends a command again when another writer was faster, and for no other reason. */
final class RetryConflicts implements RetryScheduler, AutoCloseable {

  private static final int MOST_ATTEMPTS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("command-retry").daemon().factory());

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public boolean scheduleRetry(
      CommandMessage command,
      RuntimeException lastFailure,
      List<Class<? extends Throwable>[]> failures,
      Runnable dispatch) {
    if (!isConflict(lastFailure) || failures.size() >= MOST_ATTEMPTS) {
      return false;
    }
    long pause = ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_MILLIS);
    var _ = timer.schedule(dispatch, pause, TimeUnit.MILLISECONDS);
    return true;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static boolean isConflict(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConcurrencyException) {
        return true;
      }
    }
    return false;
  }
}
