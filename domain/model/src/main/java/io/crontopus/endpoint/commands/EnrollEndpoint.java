package io.crontopus.endpoint.commands;

import io.crontopus.endpoint.EndpointId;
import java.time.Instant;
import java.util.Map;

/** A machine joins its tenant, for the first time or again. */
public record EnrollEndpoint(
    EndpointId endpoint,
    String name,
    String hostname,
    String machineId,
    String platform,
    String version,
    Map<String, String> labels,
    String enrollmentTokenId,
    Instant at) {}
