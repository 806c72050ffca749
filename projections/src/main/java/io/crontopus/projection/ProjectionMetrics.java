package io.crontopus.projection;

import io.crontopus.projection.processing.ProjectionAdmin;
import io.crontopus.projection.processing.ProjectionAdmin.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * How far each projection is, and what it could not take: asked of the database at most once a
 * second.
 */
final class ProjectionMetrics {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ProjectionAdmin admin;
  private List<Status> latest = List.of();
  private long askedAt = System.nanoTime() - 2 * FRESH_NANOS;

  ProjectionMetrics(ProjectionAdmin admin, List<String> projections, MeterRegistry metrics) {
    this.admin = admin;
    for (String projection : projections) {
      gauge(
          metrics,
          projection,
          "position",
          "Position up to which the projection took the log",
          Status::position);
      gauge(
          metrics,
          projection,
          "lag",
          "Positions that the projection is behind its log",
          status -> status.head() - status.position());
      gauge(
          metrics,
          projection,
          "parked",
          "Events that the projection could not take",
          Status::parked);
    }
  }

  private void gauge(
      MeterRegistry metrics,
      String projection,
      String what,
      String description,
      ToLongFunction<Status> value) {
    Gauge.builder(
            "crontopus.projection." + what,
            () ->
                statuses().stream()
                    .filter(status -> status.name().equals(projection))
                    .mapToLong(value)
                    .findFirst()
                    .orElse(0))
        .description(description)
        .tag("projection", projection)
        .register(metrics);
  }

  private synchronized List<Status> statuses() {
    if (System.nanoTime() - askedAt > FRESH_NANOS) {
      latest = admin.list();
      askedAt = System.nanoTime();
    }
    return latest;
  }
}
