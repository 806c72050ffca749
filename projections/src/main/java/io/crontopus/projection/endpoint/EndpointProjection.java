package io.crontopus.projection.endpoint;

import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointEvent;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.endpoint.events.JobInstancesChanged;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.projection.Projection;
import io.crontopus.projection.ProjectionSession;
import io.crontopus.projection.live.ChangeFeed;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code endpoint} and {@code job_instance}. */
public final class EndpointProjection implements Projection {

  @Override
  public String name() {
    return "endpoints";
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(EndpointEnrolled.class, EndpointRevoked.class, JobInstancesChanged.class);
  }

  @Override
  public List<String> tables() {
    return List.of("endpoint", "job_instance");
  }

  @Override
  public void apply(List<StoredEvent> batch, ProjectionSession session) {
    for (StoredEvent stored : batch) {
      EndpointEvent event = (EndpointEvent) stored.event();
      apply(event, session.jdbc());
      session.changes().changed(event.tenantId(), ChangeFeed.Topic.ENDPOINTS, event.endpointId());
    }
  }

  private static void apply(EndpointEvent event, JdbcClient jdbc) {
    switch (event) {
      case EndpointEnrolled e -> new EndpointTable(jdbc).enrolled(e);
      case EndpointRevoked e -> new EndpointTable(jdbc).revoked(e);
      case JobInstancesChanged e -> new JobInstanceTable(jdbc).changed(e);
    }
  }
}
