package io.crontopus.projection.endpoint;

import io.crontopus.endpoint.events.EndpointCameBack;
import io.crontopus.endpoint.events.EndpointChanged;
import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointEvent;
import io.crontopus.endpoint.events.EndpointFirstSeen;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.endpoint.events.EndpointWentOffline;
import io.crontopus.endpoint.events.EndpointWentSilent;
import io.crontopus.endpoint.events.FleetCameBack;
import io.crontopus.endpoint.events.FleetEvent;
import io.crontopus.endpoint.events.FleetWentQuiet;
import io.crontopus.endpoint.events.JobInstancesChanged;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.projection.Projection;
import io.crontopus.projection.ProjectionSession;
import io.crontopus.projection.live.BatchChanges;
import io.crontopus.projection.live.ChangeFeed;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code endpoint}, {@code fleet} and {@code job_instance}, now and then. */
public final class EndpointProjection implements Projection {

  @Override
  public String name() {
    return "endpoints";
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(
        EndpointEnrolled.class,
        EndpointRevoked.class,
        EndpointFirstSeen.class,
        EndpointWentSilent.class,
        EndpointWentOffline.class,
        EndpointCameBack.class,
        EndpointChanged.class,
        FleetWentQuiet.class,
        FleetCameBack.class,
        JobInstancesChanged.class);
  }

  @Override
  public List<String> tables() {
    return List.of(
        "endpoint",
        "endpoint_history",
        "fleet",
        "fleet_history",
        "job_instance",
        "job_instance_history",
        "endpoint_report_history");
  }

  @Override
  public void apply(List<StoredEvent> batch, ProjectionSession session) {
    EndpointHistory history = new EndpointHistory(session);
    for (StoredEvent stored : batch) {
      switch (stored.event()) {
        case EndpointEvent event -> {
          history.begin(stored.position(), event);
          apply(event, session.jdbc());
          session
              .changes()
              .changed(event.tenantId(), ChangeFeed.Topic.ENDPOINTS, event.endpointId());
        }
        case FleetEvent event -> {
          history.begin(stored.position(), event);
          new FleetTable(session.jdbc()).apply(event);
          // whoever was online is in another state now
          session
              .changes()
              .changed(event.tenantId(), ChangeFeed.Topic.ENDPOINTS, BatchChanges.MANY);
        }
        default -> throw new IllegalStateException("not asked for: " + stored);
      }
    }
    history.write();
  }

  private static void apply(EndpointEvent event, JdbcClient jdbc) {
    EndpointTable endpoints = new EndpointTable(jdbc);
    switch (event) {
      case EndpointEnrolled e -> endpoints.enrolled(e);
      case EndpointRevoked e -> endpoints.revoked(e);
      case EndpointFirstSeen e -> endpoints.state(e, "online", e.seenAt(), e.seenAt());
      case EndpointCameBack e -> endpoints.state(e, "online", e.seenAt(), e.seenAt());
      case EndpointWentSilent e -> endpoints.state(e, "silent", e.judgedAt(), e.lastSeenAt());
      case EndpointWentOffline e -> endpoints.state(e, "offline", e.judgedAt(), e.lastSeenAt());
      case EndpointChanged e -> endpoints.changed(e);
      case JobInstancesChanged e -> new JobInstanceTable(jdbc).changed(e);
    }
  }
}
