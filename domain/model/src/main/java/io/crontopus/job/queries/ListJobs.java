package io.crontopus.job.queries;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs of a tenant, by namespace and name. */
public record ListJobs(
    String tenantId,
    @Nullable String namespace,
    @Nullable String status,
    Map<String, String> labels,
    @Nullable String text,
    int limit,
    @Nullable String cursor) {}
