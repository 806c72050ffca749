package io.crontopus.command.ping;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key with which one job reports.
 *
 * @param prefix the first characters, by which its owner recognises it
 * @param createdBy the actor who made it
 * @param lastUsedAt to about a minute
 */
public record PingKey(
    String id,
    String tenantId,
    String namespace,
    String jobName,
    String prefix,
    String createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {}
