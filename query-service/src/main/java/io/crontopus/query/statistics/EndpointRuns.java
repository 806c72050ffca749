package io.crontopus.query.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs on an endpoint, counted.
 *
 * @param name the endpoint's; null when it was never enrolled here
 * @param lastRun the latest one of the span
 * @param buckets the same in pieces, where these were asked for
 */
record EndpointRuns(
    String endpointId,
    @Nullable String name,
    @JsonUnwrapped Tally tally,
    @Nullable LatestRun lastRun,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Tally.Piece> buckets) {

  /** A part of the list. */
  record Page(
      Instant from, Instant to, List<EndpointRuns> endpoints, @Nullable String nextCursor) {}
}
