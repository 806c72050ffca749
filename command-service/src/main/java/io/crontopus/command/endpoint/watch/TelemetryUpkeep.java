package io.crontopus.command.endpoint.watch;

import io.crontopus.eventstore.TelemetryPartitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes room for the heartbeats to come, and forgets those that are older than is kept. */
public final class TelemetryUpkeep implements AutoCloseable {

  /** The projections that read the telemetry log. */
  private static final Set<String> READERS = Set.of("heartbeats");

  private static final Logger log = LoggerFactory.getLogger(TelemetryUpkeep.class);
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final TelemetryPartitions partitions;
  private final Duration retention;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("telemetry-upkeep").daemon().factory());

  private TelemetryUpkeep(TelemetryPartitions partitions, Duration retention) {
    this.partitions = partitions;
    this.retention = retention;
  }

  /** Starts to do it now and then, until closed. Every node may. */
  static TelemetryUpkeep start(TelemetryPartitions partitions, Duration retention) {
    TelemetryUpkeep upkeep = new TelemetryUpkeep(partitions, retention);
    var _ =
        upkeep.timer.scheduleWithFixedDelay(
            upkeep::run, FIRST.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    return upkeep;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void run() {
    try {
      Instant now = partitions.now();
      partitions.extend(retention, now);
      List<String> dropped = partitions.drop(retention, now, READERS);
      if (!dropped.isEmpty()) {
        log.info("heartbeats of more than {} days were dropped: {}", retention.toDays(), dropped);
      }
    } catch (RuntimeException e) {
      log.warn("telemetry is kept longer than wanted, until the next try: {}", e.getMessage());
    }
  }
}
