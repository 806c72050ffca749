package io.crontopus.query.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a job, counted.
 *
 * @param lastRun the latest one of the span
 * @param buckets the same in pieces, where these were asked for
 */
record JobRuns(
    String namespace,
    String jobName,
    @JsonUnwrapped Tally tally,
    @Nullable LatestRun lastRun,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Tally.Piece> buckets) {

  /** A part of the list. */
  record Page(Instant from, Instant to, List<JobRuns> jobs, @Nullable String nextCursor) {}
}
