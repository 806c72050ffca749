package io.crontopus.run;

import io.crontopus.run.CheckInRejected.Reason;
import io.crontopus.run.RunState.NotSeen;
import io.crontopus.run.RunState.Open;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.commands.TimeOutRun;
import io.crontopus.run.events.RunEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of some runs, kept current while commands about them are decided one after the
 * other: a later command sees what an earlier one did. Memory only; whoever owns it reads what it
 * needs beforehand and stores what came of it afterwards.
 *
 * <p>A run that nothing was entered about counts as never heard of.
 */
public final class RunBook {

  private final Map<RunId, Page> pages = new HashMap<>();
  private final Map<JobOn, Deque<RunId>> open = new HashMap<>();
  private final Map<JobKey, RunSettings> settings = new HashMap<>();
  private int openings;

  /** A job of a tenant. */
  public record JobKey(String tenantId, JobRef job) {}

  /**
   * A job on one machine.
   *
   * @param endpointId the endpoint; empty when none was named
   */
  public record JobOn(String tenantId, JobRef job, String endpointId) {
    /** The place that check-ins without a run id are looked up by. */
    public static JobOn of(String tenantId, JobRef job, @Nullable String endpointId) {
      return new JobOn(tenantId, job, Objects.requireNonNullElse(endpointId, ""));
    }
  }

  /**
   * What came of a command.
   *
   * @param firstSequence the position of the first event in the run's stream
   * @param events what became known; empty when it was known already
   */
  public record Decision(
      RunId run, RunState state, long firstSequence, List<? extends RunEvent> events) {
    /** The answer to a check-in. */
    public CheckInAccepted answer() {
      return new CheckInAccepted(run.value(), state.status(), events.isEmpty());
    }
  }

  /** A run that has to be listed as open, with the deadline of its state. */
  public record Opened(RunId run, Open state) {}

  /** Enters the next event of a run, as stored. */
  public void enter(RunId run, RunEvent stored) {
    Page page = page(run);
    page.stored = page.stored.evolve(stored);
    page.state = page.stored;
    page.length++;
  }

  /** Enters a run that is open, the latest of its job first. */
  public void enterOpen(JobOn jobOn, RunId run) {
    open.computeIfAbsent(jobOn, _ -> new ArrayDeque<>()).addLast(run);
  }

  /** Enters the settings of a job that is defined. */
  public void enterSettings(JobKey job, RunSettings inForce) {
    settings.put(job, inForce);
  }

  /**
   * Decides a check-in.
   *
   * @throws CheckInRejected when it cannot be taken; nothing has changed then
   */
  public Decision decide(ReportCheckIn checkIn) {
    RunId run = runOf(checkIn);
    RunSettings inForce =
        settings.getOrDefault(
            new JobKey(checkIn.tenantId(), checkIn.job()), RunSettings.UNKNOWN_JOB);
    return happened(run, new RunDecisions(run, inForce).decide(state(run), checkIn));
  }

  /** Decides whether a run's time is up. */
  public Decision decide(TimeOutRun command) {
    Page page = page(command.run());
    page.listedInVain = !(page.state instanceof Open);
    return happened(command.run(), RunDecisions.timeOut(command.run(), page.state, command.at()));
  }

  /** Runs to list as open, or whose deadline moved, in the order in which they were opened. */
  public List<Opened> opened() {
    List<Opened> opened = new ArrayList<>();
    pages.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().opening))
        .forEach(
            entry -> {
              Page page = entry.getValue();
              if (page.state instanceof Open now && !listed(page.stored, now)) {
                opened.add(new Opened(entry.getKey(), now));
              }
            });
    return opened;
  }

  /** Runs to list as open no longer. */
  public List<RunId> closed() {
    List<RunId> closed = new ArrayList<>();
    pages.forEach(
        (run, page) -> {
          boolean wasListed = page.stored instanceof Open || page.listedInVain;
          if (wasListed && !(page.state instanceof Open)) {
            closed.add(run);
          }
        });
    return closed;
  }

  private static boolean listed(RunState stored, Open now) {
    return stored instanceof Open then && Objects.equals(then.deadline(), now.deadline());
  }

  private RunId runOf(ReportCheckIn checkIn) {
    String named = checkIn.runId();
    if (named != null) {
      return new RunId(checkIn.tenantId(), named);
    }
    RunId fresh = new RunId(checkIn.tenantId(), checkIn.newRunId());
    if (checkIn.status() == CheckInStatus.RUNNING || !(state(fresh) instanceof NotSeen)) {
      return fresh;
    }
    RunId latest = latestOpen(JobOn.of(checkIn.tenantId(), checkIn.job(), checkIn.endpointId()));
    if (latest == null && checkIn.status() == CheckInStatus.LOG) {
      throw new CheckInRejected(
          Reason.NO_OPEN_RUN,
          "job %s/%s has no open run to add output to"
              .formatted(checkIn.job().namespace(), checkIn.job().name()));
    }
    return latest == null ? fresh : latest;
  }

  /** A run that is listed as open and is not takes no result: it would pass for a repetition. */
  private @Nullable RunId latestOpen(JobOn jobOn) {
    Deque<RunId> candidates = open.getOrDefault(jobOn, new ArrayDeque<>());
    for (RunId run = candidates.peekFirst(); run != null; run = candidates.peekFirst()) {
      if (state(run) instanceof Open) {
        return run;
      }
      page(run).listedInVain = true;
      candidates.removeFirst();
    }
    return null;
  }

  private Decision happened(RunId run, List<? extends RunEvent> events) {
    if (events.isEmpty()) {
      return new Decision(run, state(run), 0, events);
    }
    Page page = page(run);
    RunState before = page.state;
    for (RunEvent event : events) {
      page.state = page.state.evolve(event);
    }
    long first = page.length;
    page.length += events.size();
    if (page.state instanceof Open && !(before instanceof Open)) {
      page.opening = ++openings;
    }
    list(run, before, page.state);
    return new Decision(run, page.state, first, events);
  }

  private void list(RunId run, RunState before, RunState after) {
    if (after instanceof Open now && !(before instanceof Open)) {
      open.computeIfAbsent(jobOn(run, now), _ -> new ArrayDeque<>()).addFirst(run);
    } else if (before instanceof Open then && !(after instanceof Open)) {
      Deque<RunId> listed = open.get(jobOn(run, then));
      if (listed != null) {
        listed.remove(run);
      }
    }
  }

  private static JobOn jobOn(RunId run, Open state) {
    return JobOn.of(run.tenantId(), state.job(), state.endpointId());
  }

  private RunState state(RunId run) {
    Page page = pages.get(run);
    return page == null ? RunState.initial() : page.state;
  }

  private Page page(RunId run) {
    return pages.computeIfAbsent(run, _ -> new Page());
  }

  private static final class Page {
    private RunState stored = RunState.initial();
    private RunState state = stored;
    private long length;
    private boolean listedInVain;
    private int opening;
  }
}
