package io.crontopus.projection.usage;

import io.crontopus.web.usage.UsageCounters;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds what this node has counted to the days' figures every few seconds, and when it stops. A
 * process that is killed takes with it what it counted since the last time. Now and then looks
 * whether the sizes are to be measured.
 */
final class UsageRecorder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(UsageRecorder.class);

  private final UsageCounters counters;
  private final UsageStore store;
  private final UsageMeasure measure;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("usage").daemon().factory());

  private UsageRecorder(
      UsageCounters counters, UsageStore store, UsageMeasure measure, Clock clock) {
    this.counters = counters;
    this.store = store;
    this.measure = measure;
    this.clock = clock;
  }

  static UsageRecorder start(
      UsageCounters counters, UsageStore store, UsageMeasure measure, Duration every, Clock clock) {
    UsageRecorder recorder = new UsageRecorder(counters, store, measure, clock);
    var _ =
        recorder.timer.scheduleWithFixedDelay(
            recorder::run, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return recorder;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (timer.awaitTermination(5, TimeUnit.SECONDS)) {
        flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    flush();
    try {
      measure.runIfDue();
    } catch (RuntimeException e) {
      log.warn("what tenants use is measured later: {}", e.toString());
    }
  }

  private void flush() {
    try {
      LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      counters.drain(news -> store.add(day, news));
    } catch (RuntimeException e) {
      log.warn("what tenants use is added up later: {}", e.toString());
    }
  }
}
