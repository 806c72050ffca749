package io.crontopus.command.run.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the intake tells about itself. */
final class IntakeMetrics {

  private final DistributionSummary batchSize;
  private final DistributionSummary events;
  private final Counter turnedAway;
  private final Counter conflicts;
  private final Timer durable;

  IntakeMetrics(MeterRegistry metrics, AtomicInteger waiting) {
    batchSize =
        DistributionSummary.builder("crontopus.checkins.batch.size")
            .description("Commands about runs in one transaction")
            .serviceLevelObjectives(1, 10, 100, 500, 1000)
            .register(metrics);
    events =
        DistributionSummary.builder("crontopus.checkins.batch.events")
            .description("Events of runs in one transaction")
            .register(metrics);
    turnedAway =
        Counter.builder("crontopus.checkins.turned.away")
            .description("Commands about runs that found no room to wait")
            .register(metrics);
    conflicts =
        Counter.builder("crontopus.checkins.conflicts")
            .description("Transactions that went again because another node was faster")
            .register(metrics);
    durable =
        Timer.builder("crontopus.checkins.durable")
            .description("Time from a check-in's receipt until its commit")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(metrics);
    Gauge.builder("crontopus.checkins.waiting", waiting, AtomicInteger::get)
        .description("Commands about runs that wait for their commit")
        .register(metrics);
  }

  void batch(int size) {
    batchSize.record(size);
  }

  void committed(int count) {
    events.record(count);
  }

  void turnedAway(int count) {
    turnedAway.increment(count);
  }

  void conflict() {
    conflicts.increment();
  }

  void durable(long nanos) {
    durable.record(nanos, TimeUnit.NANOSECONDS);
  }
}
