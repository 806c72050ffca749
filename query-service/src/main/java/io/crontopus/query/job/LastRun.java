package io.crontopus.query.job;

import static io.crontopus.query.database.Columns.optionalText;
import static io.crontopus.query.database.Columns.optionalTime;
import static io.crontopus.query.database.Columns.text;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job's latest run. */
public record LastRun(String runId, String status, @Nullable Instant finishedAt) {

  static @Nullable LastRun of(Readable row) {
    String runId = optionalText(row, "run_id");
    return runId == null
        ? null
        : new LastRun(runId, text(row, "run_status"), optionalTime(row, "finished_at"));
  }
}
