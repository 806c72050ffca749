package io.crontopus.query.job;

import static io.crontopus.query.database.Columns.flag;
import static io.crontopus.query.database.Columns.optionalText;
import static io.crontopus.query.database.Columns.text;
import static io.crontopus.query.database.Columns.textMap;
import static io.crontopus.query.database.Columns.texts;
import static io.crontopus.query.database.Columns.time;

import io.crontopus.query.schedule.NextRun;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job, as the API lists it.
 *
 * @param status see {@link JobStatus}
 * @param commit the commit that last changed it
 * @param nextRunAt when its schedule is due next; null while it does not run
 */
public record JobView(
    String jobId,
    String namespace,
    String name,
    String path,
    List<String> schedule,
    @Nullable String timezone,
    @Nullable String command,
    boolean enabled,
    boolean paused,
    Map<String, String> labels,
    Map<String, String> annotations,
    String commit,
    String status,
    @Nullable Instant nextRunAt,
    @Nullable LastRun lastRun,
    Instant updatedAt) {

  static JobView of(Readable row, Instant now) {
    List<String> schedule = texts(row, "schedule");
    String timezone = optionalText(row, "timezone");
    boolean enabled = flag(row, "enabled");
    boolean paused = flag(row, "paused");
    return new JobView(
        text(row, "job_id"),
        text(row, "namespace"),
        text(row, "name"),
        text(row, "path"),
        schedule,
        timezone,
        optionalText(row, "command"),
        enabled,
        paused,
        textMap(row, "labels"),
        textMap(row, "annotations"),
        text(row, "commit_id"),
        text(row, "status"),
        enabled && !paused ? NextRun.after(now, schedule, timezone) : null,
        LastRun.of(row),
        time(row, "updated_at"));
  }
}
