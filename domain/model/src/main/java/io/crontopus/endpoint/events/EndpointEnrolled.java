package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import java.util.Map;

/**
 * A machine became an endpoint.
 *
 * @param again whether it was one before: a reinstall, or a return after a revocation
 */
@EventName("endpoint.enrolled")
public record EndpointEnrolled(
    String tenantId,
    String endpointId,
    String name,
    String hostname,
    String machineId,
    String platform,
    String version,
    Map<String, String> labels,
    String enrollmentTokenId,
    boolean again,
    Instant enrolledAt)
    implements EndpointEvent {}
