package io.crontopus.projection.endpoint;

import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointEvent;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.endpoint.events.JobInstancesChanged;
import io.crontopus.projection.EventContext;
import io.crontopus.projection.Projection;
import io.crontopus.projection.live.ChangeFeed;

/** Keeps {@code read_model.endpoint} and {@code read_model.job_instance}. */
public final class EndpointProjection implements Projection {

  private final EndpointTable endpoints;
  private final JobInstanceTable instances;
  private final ChangeFeed changes;

  public EndpointProjection(
      EndpointTable endpoints, JobInstanceTable instances, ChangeFeed changes) {
    this.endpoints = endpoints;
    this.instances = instances;
    this.changes = changes;
  }

  @Override
  public String name() {
    return "endpoints";
  }

  @Override
  public void handle(Object event, EventContext context) {
    if (event instanceof EndpointEvent endpointEvent) {
      apply(endpointEvent);
      changes.changed(
          endpointEvent.tenantId(), ChangeFeed.Topic.ENDPOINTS, endpointEvent.endpointId());
    }
  }

  @Override
  public void reset() {
    endpoints.clear();
    instances.clear();
  }

  private void apply(EndpointEvent event) {
    switch (event) {
      case EndpointEnrolled e -> endpoints.enrolled(e);
      case EndpointRevoked e -> endpoints.revoked(e);
      case JobInstancesChanged e -> instances.changed(e);
    }
  }
}
