package io.crontopus.projection.run;

import io.crontopus.eventstore.StoredEvent;
import io.crontopus.projection.Projection;
import io.crontopus.projection.ProjectionSession;
import io.crontopus.projection.live.ChangeFeed;
import io.crontopus.projection.live.ChangeFeed.Topic;
import io.crontopus.run.events.RunEvent;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps {@code run}, the results that newer ones have replaced, the latest run of each job, and the
 * counts by hour and day. What a batch says of a run is put together in memory, so that each run is
 * read and written once, however much it said.
 */
public final class RunProjection implements Projection {

  @Override
  public String name() {
    return "runs";
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(
        RunStarted.class,
        RunExtended.class,
        RunOutputAdded.class,
        RunFinished.class,
        RunTimedOut.class,
        RunLateResultRecorded.class);
  }

  @Override
  public List<String> tables() {
    return List.of("run", "run_replaced_result", "job_last_run", "run_hourly", "run_daily");
  }

  @Override
  public void apply(List<StoredEvent> batch, ProjectionSession session) {
    session.sql().execute((Connection connection) -> apply(batch, connection, session.changes()));
  }

  private static int apply(List<StoredEvent> batch, Connection connection, ChangeFeed changes)
      throws SQLException {
    Set<RunKey> begun = begun(batch);
    Map<RunKey, RunRow> before = known(batch, begun, connection);
    Map<RunKey, RunRow> after = new LinkedHashMap<>();
    RunCounts counts = new RunCounts();
    ReplacedResults replaced = new ReplacedResults();
    for (StoredEvent stored : batch) {
      RunEvent event = (RunEvent) stored.event();
      RunKey key = keyOf(event);
      RunRow was = after.getOrDefault(key, before.get(key));
      RunRow row = RunRow.after(was, event, stored.position());
      if (row != null) {
        counts.lasted(was, row);
        replaced.moved(was, row, stored.position());
        after.put(key, row);
      }
    }
    if (after.isEmpty()) {
      return 0;
    }
    LastRuns latest = new LastRuns();
    List<RunRow> fresh = new ArrayList<>(after.size());
    List<RunRow> moved = new ArrayList<>();
    after.forEach(
        (key, row) -> {
          (begun.contains(key) ? fresh : moved).add(row);
          counts.moved(before.get(key), row);
          latest.note(row);
          changes.changed(row.tenantId(), Topic.RUNS, row.runId());
        });
    RunTable.add(connection, fresh);
    RunTable.put(connection, moved);
    replaced.write(connection);
    counts.write(connection);
    latest.write(connection);
    for (RunRow run : latest.runs()) {
      if (run.jobId() != null) {
        changes.changed(run.tenantId(), Topic.JOBS, run.jobId());
      }
    }
    return after.size();
  }

  /** Runs whose first event is in this batch: they have no row yet. */
  private static Set<RunKey> begun(List<StoredEvent> batch) {
    Set<RunKey> begun = new HashSet<>(2 * batch.size());
    for (StoredEvent stored : batch) {
      if (stored.sequence() == 0) {
        begun.add(keyOf((RunEvent) stored.event()));
      }
    }
    return begun;
  }

  /** The rows of runs that began before this batch. */
  private static Map<RunKey, RunRow> known(
      List<StoredEvent> batch, Set<RunKey> begun, Connection connection) throws SQLException {
    Set<RunKey> earlier = new LinkedHashSet<>();
    for (StoredEvent stored : batch) {
      RunKey key = keyOf((RunEvent) stored.event());
      if (!begun.contains(key)) {
        earlier.add(key);
      }
    }
    Map<RunKey, RunRow> known = new HashMap<>();
    if (!earlier.isEmpty()) {
      for (RunRow row : RunTable.find(connection, earlier)) {
        known.put(new RunKey(row.tenantId(), row.runId()), row);
      }
    }
    return known;
  }

  private static RunKey keyOf(RunEvent event) {
    return new RunKey(event.tenantId(), event.runId());
  }
}
