package io.crontopus.endpoint.events;

import io.crontopus.event.TenantEvent;

/** Something that happened to an endpoint. */
public sealed interface EndpointEvent extends TenantEvent
    permits EndpointEnrolled,
        EndpointRevoked,
        EndpointFirstSeen,
        EndpointWentSilent,
        EndpointWentOffline,
        EndpointCameBack,
        EndpointChanged,
        JobInstancesChanged {

  /** The endpoint's id within its tenant. */
  String endpointId();
}
