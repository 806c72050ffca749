package io.crontopus.run;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The index of open runs, in memory; the one on PostgreSQL is tested with the service. */
final class RememberedRuns implements OpenRuns {

  private record Entry(RunId run, JobRef job, @Nullable String endpointId) {}

  private final Deque<Entry> open = new ArrayDeque<>();

  boolean isEmpty() {
    return open.isEmpty();
  }

  @Override
  public Optional<RunId> latest(String tenantId, JobRef job, @Nullable String endpointId) {
    return open.stream()
        .filter(entry -> entry.run().tenantId().equals(tenantId) && entry.job().equals(job))
        .map(Entry::run)
        .findFirst();
  }

  @Override
  public void opened(
      RunId run, JobRef job, @Nullable String endpointId, @Nullable Instant deadline) {
    open.removeIf(entry -> entry.run().equals(run));
    open.addFirst(new Entry(run, job, endpointId));
  }

  @Override
  public void closed(RunId run) {
    open.removeIf(entry -> entry.run().equals(run));
  }
}
