package io.crontopus.endpoint.commands;

import java.time.Instant;

/**
 * Nothing was heard of any endpoint of a tenant for a while.
 *
 * @param endpoints how many were online
 */
public record ObserveQuietFleet(
    String tenantId, long endpoints, Instant lastSeenAt, Instant judgedAt) {}
