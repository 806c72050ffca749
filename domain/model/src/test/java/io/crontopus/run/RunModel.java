package io.crontopus.run;

import io.crontopus.run.RunBookProperties.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of runs, told a second time and as plainly as possible: no events, no transactions. */
final class RunModel {

  private final Duration max;
  private final Duration grace;
  private final Map<String, Run> runs = new LinkedHashMap<>();

  private static final class Run {
    String job = "";
    String endpoint = "";
    String status = "RUNNING";
    Instant startedAt = Instant.MIN;
    @Nullable Instant deadline;
    Instant finishedAt = Instant.MIN;
  }

  /** Job {@code a} has these limits, others have none. */
  RunModel(Duration max, Duration grace) {
    this.max = max;
    this.grace = grace;
  }

  /** What the step is answered: run and status, or why it is refused; nothing for a time-out. */
  String take(Step step, String fresh, Instant now) {
    CheckInStatus status = step.status();
    if (status == null) {
      timeOut(step.run() == null ? "r0" : step.run(), now);
      return "";
    }
    String id = idOf(step, status, fresh);
    if (id == null) {
      return "NO_OPEN_RUN";
    }
    Run run = runs.get(id);
    if (run != null && !run.job.equals(step.job())) {
      return "RUN_OF_ANOTHER_JOB";
    }
    if (run == null) {
      run = begin(step, now);
      runs.put(id, run);
      if (status.closes()) {
        end(run, status, now);
      }
    } else if (status.closes()) {
      result(run, status, now);
    } else if (status == CheckInStatus.RUNNING) {
      signOfLife(run, now);
    }
    return id + " " + run.status;
  }

  Map<String, String> statuses() {
    Map<String, String> statuses = new LinkedHashMap<>();
    runs.forEach((id, run) -> statuses.put(id, run.status));
    return statuses;
  }

  List<String> open() {
    List<String> open = new ArrayList<>();
    runs.forEach(
        (id, run) -> {
          if (run.status.equals("RUNNING")) {
            open.add(id);
          }
        });
    return open;
  }

  private @Nullable String idOf(Step step, CheckInStatus status, String fresh) {
    if (step.run() != null) {
      return step.run();
    }
    if (status == CheckInStatus.RUNNING || runs.containsKey(fresh)) {
      return fresh;
    }
    String latest = null;
    for (String id : open()) {
      Run run = Objects.requireNonNull(runs.get(id));
      if (run.job.equals(step.job()) && run.endpoint.equals(step.endpoint())) {
        latest = id;
      }
    }
    return latest == null && status != CheckInStatus.LOG ? fresh : latest;
  }

  private Run begin(Step step, Instant now) {
    Run run = new Run();
    run.job = step.job();
    run.endpoint = step.endpoint();
    run.startedAt = now;
    run.deadline = run.job.equals("a") ? now.plus(max).plus(grace) : null;
    return run;
  }

  private static void end(Run run, CheckInStatus status, Instant now) {
    run.status = status.name();
    run.finishedAt = now;
  }

  private static void result(Run run, CheckInStatus status, Instant now) {
    boolean timedOut = run.status.equals("TIMEOUT");
    boolean newer = now.isAfter(run.finishedAt) && !status.name().equals(run.status);
    if (run.status.equals("RUNNING") || (!timedOut && newer)) {
      end(run, status, now);
    }
  }

  private void signOfLife(Run run, Instant now) {
    if (run.deadline != null && run.status.equals("RUNNING") && now.isAfter(run.startedAt)) {
      Instant later = now.plus(max).plus(grace);
      run.deadline = later.isAfter(run.deadline) ? later : run.deadline;
    }
  }

  private void timeOut(String id, Instant now) {
    Run run = runs.get(id);
    if (run != null
        && run.status.equals("RUNNING")
        && run.deadline != null
        && !run.deadline.isAfter(now)) {
      run.status = "TIMEOUT";
    }
  }
}
