package io.crontopus.query.instance;

import static io.crontopus.query.database.Columns.optionalText;
import static io.crontopus.query.database.Columns.text;
import static io.crontopus.query.database.Columns.texts;
import static io.crontopus.query.database.Columns.time;

import io.crontopus.query.schedule.NextRun;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as one endpoint's scheduler has it.
 *
 * @param state {@code in_sync}, {@code paused}, {@code drifted} or {@code error}
 * @param message what is wrong, where something is
 * @param commit the state of the repository that the endpoint had applied
 */
public record InstanceView(
    String endpointId,
    String endpointName,
    String jobId,
    String namespace,
    String name,
    @Nullable String path,
    String state,
    List<String> schedule,
    @Nullable String timezone,
    @Nullable Instant nextRunAt,
    @Nullable String message,
    @Nullable String commit,
    Instant observedAt) {

  private static final String PAUSED = "paused";

  static InstanceView of(Readable row, Instant now) {
    String state = text(row, "state");
    List<String> schedule = texts(row, "schedule");
    String timezone = optionalText(row, "timezone");
    return new InstanceView(
        text(row, "endpoint_id"),
        text(row, "endpoint_name"),
        text(row, "job_id"),
        text(row, "namespace"),
        text(row, "name"),
        optionalText(row, "path"),
        state,
        schedule,
        timezone,
        state.equals(PAUSED) ? null : NextRun.after(now, schedule, timezone),
        optionalText(row, "message"),
        optionalText(row, "commit_id"),
        time(row, "observed_at"));
  }
}
