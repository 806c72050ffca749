package io.crontopus.projection.processing;

import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.projection.Projection;
import java.util.List;
import java.util.Optional;

/** The projections, and the logs that they follow. */
record Followed(List<Projection> projections, EventStreams streams) {

  Followed {
    projections = List.copyOf(projections);
  }

  Optional<Projection> named(String name) {
    return projections.stream().filter(projection -> projection.name().equals(name)).findFirst();
  }

  EventLog log(Projection projection) {
    return switch (projection.log()) {
      case DOMAIN -> streams.domainLog();
      case TELEMETRY -> streams.telemetryLog();
    };
  }
}
