package io.crontopus.query.endpoint;

import static io.crontopus.query.database.Columns.optionalText;
import static io.crontopus.query.database.Columns.optionalTime;
import static io.crontopus.query.database.Columns.text;
import static io.crontopus.query.database.Columns.textMap;
import static io.crontopus.query.database.Columns.time;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint, as the API shows it.
 *
 * @param status see {@link EndpointStatus}
 * @param schedulerAlive whether the machine's scheduler runs, as the agent last saw it
 * @param spoolDepth reports that wait on the machine
 */
public record EndpointView(
    String endpointId,
    String name,
    String hostname,
    String machineId,
    String platform,
    String version,
    Map<String, String> labels,
    String status,
    @Nullable String scheduler,
    @Nullable Boolean schedulerAlive,
    @Nullable String appliedCommit,
    @Nullable Long spoolDepth,
    Instant enrolledAt,
    @Nullable Instant lastSeenAt) {

  static EndpointView of(Readable row) {
    return new EndpointView(
        text(row, "endpoint_id"),
        text(row, "name"),
        text(row, "hostname"),
        text(row, "machine_id"),
        text(row, "platform"),
        text(row, "version"),
        textMap(row, "labels"),
        text(row, "status"),
        optionalText(row, "scheduler"),
        row.get("scheduler_alive", Boolean.class),
        optionalText(row, "applied_commit"),
        row.get("spool_depth", Long.class),
        time(row, "enrolled_at"),
        optionalTime(row, "last_seen_at"));
  }
}
