package io.crontopus.projection;

import io.crontopus.run.CheckInStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody with pen and paper makes of what a tenant's jobs report: no events, no batches, no
 * database. Job {@code a} has a limit, others have none.
 */
final class ToldRuns {

  /**
   * One report.
   *
   * @param run null when the job names none
   * @param status null for a look at the deadline of {@code run}
   */
  record Report(
      @Nullable String run,
      String job,
      String endpoint,
      @Nullable CheckInStatus status,
      Instant at) {}

  private static final class Run {
    final String job;
    final Instant begun;
    @Nullable Instant startedAt;
    @Nullable Instant deadline;
    String endpoint;
    String status = "running";
    @Nullable Instant finishedAt;
    @Nullable Long millis;

    /** No later report changes the status. */
    boolean settled;

    Run(String job, String endpoint, Instant begun) {
      this.job = job;
      this.endpoint = endpoint;
      this.begun = begun;
    }

    boolean isOpen() {
      return status.equals("running");
    }
  }

  /** How long a run took, by a result that a newer one may have replaced. */
  private record Lasted(Instant begun, String job, String endpoint, String status, long millis) {}

  private final Duration limit;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final List<Lasted> lasted = new ArrayList<>();

  /** Runs of job {@code a} are over after {@code limit}. */
  ToldRuns(Duration limit) {
    this.limit = limit;
  }

  /** Takes a report; {@code fresh} is the id of a run that has none. */
  void take(Report report, String fresh) {
    CheckInStatus status = report.status();
    String id = status == null ? report.run() : idOf(report, status, fresh);
    Run run = id == null ? null : runs.get(id);
    if (status == null) {
      timeOut(run, report.at());
    } else if (id != null && run == null) {
      begin(id, report, status);
    } else if (run != null && run.job.equals(report.job())) {
      goOn(run, report, status);
    }
  }

  private @Nullable String idOf(Report report, CheckInStatus status, String fresh) {
    if (report.run() != null || status == CheckInStatus.RUNNING || runs.containsKey(fresh)) {
      return Objects.requireNonNullElse(report.run(), fresh);
    }
    String latest = status == CheckInStatus.LOG ? null : fresh;
    for (Map.Entry<String, Run> entry : runs.entrySet()) {
      Run run = entry.getValue();
      // The endpoint that it was opened on: an open run has had no result from another one.
      if (run.isOpen() && run.job.equals(report.job()) && run.endpoint.equals(report.endpoint())) {
        latest = entry.getKey();
      }
    }
    return latest;
  }

  private void begin(String id, Report report, CheckInStatus status) {
    Run run = new Run(report.job(), report.endpoint(), report.at());
    runs.put(id, run);
    if (status.closes()) {
      end(run, report, status);
    } else {
      run.startedAt = report.at();
      run.deadline = report.job().equals("a") ? report.at().plus(limit) : null;
    }
  }

  private void goOn(Run run, Report report, CheckInStatus status) {
    if (!status.closes()) {
      if (status == CheckInStatus.RUNNING && run.isOpen() && run.deadline != null) {
        Instant later = report.at().plus(limit);
        run.deadline = later.isAfter(run.deadline) ? later : run.deadline;
      }
    } else if (run.isOpen()) {
      end(run, report, status);
    } else if (run.status.equals("timeout")) {
      if (!run.settled) {
        finished(run, report.at());
        run.settled = true;
      }
    } else if (!run.status.equals(status.wireName())
        && report.at().isAfter(Objects.requireNonNull(run.finishedAt))) {
      end(run, report, status);
    }
  }

  private void end(Run run, Report report, CheckInStatus status) {
    run.status = status.wireName();
    run.endpoint = report.endpoint();
    run.settled = status == CheckInStatus.TIMEOUT;
    finished(run, report.at());
  }

  private void finished(Run run, Instant at) {
    run.finishedAt = at;
    run.millis =
        run.startedAt == null ? null : Math.max(0, Duration.between(run.startedAt, at).toMillis());
    if (run.millis != null) {
      lasted.add(new Lasted(run.begun, run.job, run.endpoint, run.status, run.millis));
    }
  }

  private static void timeOut(@Nullable Run run, Instant at) {
    if (run != null && run.isOpen() && run.deadline != null && !run.deadline.isAfter(at)) {
      run.status = "timeout";
    }
  }

  /** The rows of the runs, in the order of their ids. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    new TreeMap<>(runs)
        .forEach(
            (id, run) ->
                rows.add(
                    "%s %s %s %s %s %s"
                        .formatted(
                            id,
                            run.job,
                            run.endpoint,
                            run.status,
                            run.finishedAt == null ? "-" : run.finishedAt.toEpochMilli(),
                            run.millis == null ? "-" : run.millis)));
    return rows;
  }

  /**
   * Runs, milliseconds and the most of these that a result ever said, by hour or day, job or
   * endpoint, and status.
   */
  SortedMap<String, String> counts(ChronoUnit unit) {
    SortedMap<String, long[]> counts = new TreeMap<>();
    for (Run run : runs.values()) {
      String from = String.valueOf(run.begun.truncatedTo(unit).toEpochMilli());
      for (String key : List.of(run.job + " -", "- " + run.endpoint)) {
        long[] count =
            counts.computeIfAbsent(from + " " + key + " " + run.status, _ -> new long[3]);
        count[0]++;
        count[1] += run.millis == null ? 0 : run.millis;
      }
    }
    for (Lasted one : lasted) {
      String from = String.valueOf(one.begun().truncatedTo(unit).toEpochMilli());
      for (String key : List.of(one.job() + " -", "- " + one.endpoint())) {
        long[] count = counts.get(from + " " + key + " " + one.status());
        if (count != null) {
          count[2] = Math.max(count[2], one.millis());
        }
      }
    }
    SortedMap<String, String> texts = new TreeMap<>();
    counts.forEach((key, count) -> texts.put(key, count[0] + " " + count[1] + " " + count[2]));
    return texts;
  }

  /** The latest run of each job, with its status. */
  SortedMap<String, String> latest() {
    SortedMap<String, String> latest = new TreeMap<>();
    runs.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Run> entry) -> entry.getValue().begun)
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry ->
                latest.put(entry.getValue().job, entry.getKey() + " " + entry.getValue().status));
    return latest;
  }
}
