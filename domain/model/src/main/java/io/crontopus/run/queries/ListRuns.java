package io.crontopus.run.queries;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs of a tenant, newest first.
 *
 * @param statuses any of these; empty for all
 * @param from runs that began at this time or later
 * @param to runs that began before this time
 * @param limit 1 to 1000
 * @param cursor where the page before ended
 */
public record ListRuns(
    String tenantId,
    @Nullable String namespace,
    @Nullable String job,
    @Nullable String endpointId,
    List<String> statuses,
    @Nullable Instant from,
    @Nullable Instant to,
    int limit,
    @Nullable String cursor) {}
