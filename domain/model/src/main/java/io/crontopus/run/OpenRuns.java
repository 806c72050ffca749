package io.crontopus.run;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs that are open, in the order in which they were opened. Kept in the transaction that
 * appends the events, so that it never disagrees with them.
 */
public interface OpenRuns {

  /** The latest open run of this job on this endpoint. */
  Optional<RunId> latest(String tenantId, JobRef job, @Nullable String endpointId);

  /** Records that a run is open, or that its deadline moved. */
  void opened(RunId run, JobRef job, @Nullable String endpointId, @Nullable Instant deadline);

  /** Records that a run is no longer open. */
  void closed(RunId run);
}
