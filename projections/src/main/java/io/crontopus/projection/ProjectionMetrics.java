package io.crontopus.projection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How far each projection is, and what it could not handle. */
final class ProjectionMetrics {

  ProjectionMetrics(ProjectionProcessors processors, MeterRegistry metrics) {
    for (String projection : processors.names()) {
      Gauge.builder("crontopus.projection.position", () -> processors.position(projection))
          .description("Position of the last event that the projection took")
          .tag("projection", projection)
          .register(metrics);
      Gauge.builder("crontopus.projection.parked", () -> processors.parked(projection))
          .description("Events that the projection could not handle")
          .tag("projection", projection)
          .register(metrics);
    }
  }
}
