package io.crontopus.endpoint.queries;

import org.jspecify.annotations.Nullable;

/** Endpoints of a tenant, by name. */
public record ListEndpoints(
    String tenantId,
    @Nullable String status,
    @Nullable String platform,
    @Nullable String text,
    int limit,
    @Nullable String cursor) {}
