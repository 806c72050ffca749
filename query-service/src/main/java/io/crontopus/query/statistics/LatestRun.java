package io.crontopus.query.statistics;

import static io.crontopus.query.database.Columns.optionalTime;
import static io.crontopus.query.database.Columns.text;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The latest run of a span of time. */
record LatestRun(
    String runId, String status, @Nullable Instant startedAt, @Nullable Instant finishedAt) {

  static LatestRun of(Readable row) {
    return new LatestRun(
        text(row, "run_id"),
        text(row, "status"),
        optionalTime(row, "started_at"),
        optionalTime(row, "finished_at"));
  }
}
