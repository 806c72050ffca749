package io.crontopus.query.run;

import static io.crontopus.query.database.Columns.flag;
import static io.crontopus.query.database.Columns.optionalText;
import static io.crontopus.query.database.Columns.optionalTime;
import static io.crontopus.query.database.Columns.text;
import static io.crontopus.query.database.Columns.time;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run, as the API shows it.
 *
 * @param duration seconds, with fractions
 * @param output null where only the list was asked for
 * @param orderedAt where it stands in lists
 */
public record RunView(
    String runId,
    String jobName,
    String namespace,
    @Nullable String jobId,
    @Nullable String endpointId,
    String status,
    @Nullable Integer exitCode,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Double duration,
    @Nullable String output,
    boolean outputTruncated,
    @Nullable String errorMessage,
    String source,
    @Nullable String commit,
    Instant receivedAt,
    @JsonIgnore Instant orderedAt) {

  private static final double MILLIS = 1_000.0;

  static RunView of(Readable row) {
    Long millis = row.get("duration_millis", Long.class);
    return new RunView(
        text(row, "run_id"),
        text(row, "job_name"),
        text(row, "namespace"),
        optionalText(row, "job_id"),
        optionalText(row, "endpoint_id"),
        text(row, "status"),
        row.get("exit_code", Integer.class),
        optionalTime(row, "started_at"),
        optionalTime(row, "finished_at"),
        millis == null ? null : millis / MILLIS,
        optionalText(row, "output"),
        flag(row, "output_truncated"),
        optionalText(row, "error_message"),
        text(row, "source"),
        optionalText(row, "commit_id"),
        time(row, "received_at"),
        time(row, "ordered_at"));
  }
}
