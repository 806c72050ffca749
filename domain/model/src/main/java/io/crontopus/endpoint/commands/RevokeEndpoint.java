package io.crontopus.endpoint.commands;

import io.crontopus.endpoint.EndpointId;
import java.time.Instant;

/** An endpoint is no longer trusted. */
public record RevokeEndpoint(EndpointId endpoint, Instant at) {}
