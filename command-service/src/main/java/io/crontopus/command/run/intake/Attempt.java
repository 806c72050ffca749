package io.crontopus.command.run.intake;

import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.run.CheckInRejected;
import io.crontopus.run.CheckInStatus;
import io.crontopus.run.RunBook;
import io.crontopus.run.RunBook.Decision;
import io.crontopus.run.RunBook.JobKey;
import io.crontopus.run.RunBook.JobOn;
import io.crontopus.run.RunId;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.events.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get a batch of commands into the log, within a transaction of its caller: read
 * what they depend on, decide one by one in memory, write everything. The append comes last,
 * because it waits for its turn and keeps others waiting until the commit.
 */
final class Attempt {

  private static final String AGGREGATE_TYPE = "Run";

  private final List<Waiting> batch;
  private final boolean first;
  private final List<NewEvent> events = new ArrayList<>();
  private final RunBook book = new RunBook();
  private boolean written;

  /**
   * Prepares an attempt.
   *
   * @param first whether no attempt came before: then nothing can be stored of runs whose ids were
   *     made here
   */
  Attempt(List<Waiting> batch, boolean first) {
    this.batch = batch;
    this.first = first;
  }

  /** Does all but the commit. */
  void write(RunTables tables, EventLog log, Instant now) {
    read(tables);
    for (Waiting waiting : batch) {
      decide(waiting, now);
    }
    tables.removeOpen(book.closed());
    tables.putOpen(book.opened());
    log.append(events);
    written = true;
  }

  /** Whether only the commit was missing. */
  boolean isWritten() {
    return written;
  }

  /** An event that is in the log if and only if this attempt was committed; null if it has none. */
  @Nullable NewEvent witness() {
    return events.isEmpty() ? null : events.getFirst();
  }

  int size() {
    return events.size();
  }

  private void read(RunTables tables) {
    Set<JobKey> jobs = new HashSet<>();
    Set<RunId> runs = new HashSet<>();
    Map<JobKey, Integer> commandsOf = new HashMap<>();
    Set<JobOn> withoutId = new HashSet<>();
    for (Waiting waiting : batch) {
      RunCommand command = waiting.command();
      jobs.add(command.job());
      commandsOf.merge(command.job(), 1, Integer::sum);
      switch (command) {
        case RunCommand.TimeOut timeOut -> runs.add(timeOut.command().run());
        case RunCommand.CheckIn checkIn -> need(checkIn.checkIn(), runs, withoutId);
      }
    }
    // Each command closes one run at most: so many of the latest are enough for all of them.
    Map<JobOn, Integer> most = new HashMap<>();
    for (JobOn job : withoutId) {
      most.put(job, commandsOf.getOrDefault(new JobKey(job.tenantId(), job.job()), 1));
    }
    runs.removeAll(tables.readOpen(most, book));
    tables.readRuns(runs, book);
    tables.readSettings(jobs, book);
  }

  private void need(ReportCheckIn checkIn, Set<RunId> runs, Set<JobOn> withoutId) {
    String named = checkIn.runId();
    if (named != null) {
      runs.add(new RunId(checkIn.tenantId(), named));
      return;
    }
    if (!first) {
      runs.add(new RunId(checkIn.tenantId(), checkIn.newRunId()));
    }
    if (checkIn.status() != CheckInStatus.RUNNING) {
      withoutId.add(JobOn.of(checkIn.tenantId(), checkIn.job(), checkIn.endpointId()));
    }
  }

  private void decide(Waiting waiting, Instant now) {
    try {
      Decision decision =
          switch (waiting.command()) {
            case RunCommand.CheckIn checkIn -> book.decide(checkIn.checkIn());
            case RunCommand.TimeOut timeOut -> book.decide(timeOut.command());
          };
      Map<String, String> metadata = waiting.command().origin().metadata();
      long sequence = decision.firstSequence();
      for (RunEvent event : decision.events()) {
        events.add(
            new NewEvent(
                NewEvent.newId(),
                decision.run().toString(),
                sequence++,
                AGGREGATE_TYPE,
                event,
                metadata,
                now));
      }
      waiting.accepted(decision.answer());
    } catch (CheckInRejected rejected) {
      waiting.failed(rejected);
    }
  }
}
