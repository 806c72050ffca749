package io.crontopus.query.past;

import io.crontopus.endpoint.JobInstance;
import io.crontopus.endpoint.events.EndpointCameBack;
import io.crontopus.endpoint.events.EndpointChanged;
import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointFirstSeen;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.endpoint.events.EndpointWentOffline;
import io.crontopus.endpoint.events.EndpointWentSilent;
import io.crontopus.endpoint.events.FleetCameBack;
import io.crontopus.endpoint.events.FleetWentQuiet;
import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.endpoint.events.JobInstancesChanged;
import io.crontopus.git.ChangedFile;
import io.crontopus.git.events.CommitObserved;
import io.crontopus.job.events.JobDefined;
import io.crontopus.job.events.JobRemoved;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happens to one tenant, step by step: pseudo-random, but plausible. */
final class RecordedLife {

  static final List<String> JOBS = List.of("backup", "report", "sync", "prune", "mail");
  static final List<String> ENDPOINTS = List.of("e1", "e2", "e3", "e4");
  static final List<String> NAMESPACES = List.of("default", "ops");
  private static final List<String> RESULTS = List.of("success", "failure", "cancelled");

  /**
   * An event, and which stream of which tenant it goes to.
   *
   * @param isTelemetry whether it goes to the log of heartbeats
   */
  record Step(String aggregate, Object event, boolean isTelemetry) {}

  private final String tenant;
  private final Random random;
  private final Map<String, Instant> seen = new TreeMap<>();
  private final Map<String, String> namespaces = new HashMap<>();
  private final List<String> open = new ArrayList<>();
  private final List<String> late = new ArrayList<>();

  /** What follows from what happened before, later. */
  private final Deque<Function<Instant, List<Step>>> following = new ArrayDeque<>();

  private int number;

  RecordedLife(String tenant, long seed) {
    this.tenant = tenant;
    this.random = new Random(seed);
    JOBS.forEach(job -> namespaces.put(job, "default"));
  }

  /** A job that is due every minute. */
  static Step everyMinute(String tenant, Instant now) {
    return new Step(
        "job:" + tenant + ":minutely",
        new JobDefined(
            tenant,
            "minutely",
            "default",
            "minutely",
            "default/minutely.yaml",
            "c0ffee",
            Map.of("spec", Map.of("schedule", List.of("* * * * *"))),
            null,
            0,
            now),
        false);
  }

  /** What happens next; some of it together. */
  List<Step> next(Instant now) {
    number++;
    if (!following.isEmpty() && random.nextInt(3) == 0) {
      return following.removeFirst().apply(now);
    }
    return switch (random.nextInt(12)) {
      case 0, 1 -> List.of(defined(now));
      case 2 -> List.of(removed(now));
      case 3 -> List.of(defined(now), defined(now), commit(now));
      case 4 -> enrolled(now);
      case 5 -> heard(now);
      case 6 -> List.of(state(now));
      case 7, 8 -> List.of(instances(now));
      case 9 -> List.of(started(now));
      case 10 -> List.of(ended(now));
      default -> List.of(moreOfRuns(now));
    };
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Step step(String kind, String id, Object event) {
    return new Step(kind + ":" + tenant + ":" + id, event, false);
  }

  private Step defined(Instant now) {
    String job = any(JOBS);
    if (random.nextInt(6) == 0) {
      namespaces.put(job, any(NAMESPACES));
    }
    Map<String, Object> manifest =
        Map.of(
            "metadata",
            Map.of("labels", Map.of("team", any(List.of("red", "blue"))), "annotations", Map.of()),
            "spec",
            Map.of(
                "schedule",
                List.of("0 0 1 1 *"),
                "command",
                "/bin/run " + number,
                "enabled",
                random.nextInt(5) > 0,
                "paused",
                random.nextInt(5) == 0));
    return step(
        "job",
        job,
        new JobDefined(
            tenant,
            job,
            namespace(job),
            job,
            path(job),
            "commit-" + number,
            manifest,
            null,
            0,
            now));
  }

  private Step removed(Instant now) {
    String job = any(JOBS);
    return step(
        "job", job, new JobRemoved(tenant, job, namespace(job), job, "commit-" + number, now));
  }

  private Step commit(Instant now) {
    List<ChangedFile.Problem> problems =
        random.nextBoolean()
            ? List.of()
            : List.of(new ChangedFile.Problem(number, 1, "spec", "is odd"));
    String job = any(JOBS);
    return step(
        "commit",
        "commit-" + number,
        new CommitObserved(
            tenant,
            "commit-" + number,
            null,
            "Ada",
            "ada@example.org",
            "Change",
            now,
            "user:1",
            now,
            List.of(),
            List.of(new ChangedFile(path(job), "modified", List.of(job), problems))));
  }

  private List<Step> enrolled(Instant now) {
    String id = any(ENDPOINTS);
    seen.remove(id);
    return List.of(
        step(
            "endpoint",
            id,
            new EndpointEnrolled(
                tenant,
                id,
                any(List.of("web", "db", "web-" + id)),
                id + ".example.org",
                "machine-" + id,
                any(List.of("linux", "windows")),
                "1.0",
                Map.of("n", String.valueOf(number)),
                "token",
                true,
                now)));
  }

  /** A heartbeat; the watch makes something of it later. */
  private List<Step> heard(Instant now) {
    String id = any(ENDPOINTS);
    String version = "1." + random.nextInt(3);
    String commit = "commit-" + number;
    Heartbeat heartbeat = new Heartbeat(tenant, id, now, now, version, "cron", true, commit, 3L);
    following.add(_ -> judged(heartbeat));
    return List.of(new Step("", new HeartbeatsObserved(0, List.of(heartbeat)), true));
  }

  private List<Step> judged(Heartbeat heartbeat) {
    String id = heartbeat.endpointId();
    Instant at = heartbeat.receivedAt();
    Object life =
        seen.put(id, at) == null
            ? new EndpointFirstSeen(tenant, id, at)
            : new EndpointCameBack(tenant, id, at);
    return List.of(
        step(
            "endpoint",
            id,
            new EndpointChanged(
                tenant,
                id,
                heartbeat.version(),
                heartbeat.scheduler(),
                heartbeat.schedulerAlive(),
                heartbeat.appliedCommit(),
                at)),
        step("endpoint", id, life));
  }

  private Step state(Instant now) {
    if (random.nextInt(4) == 0) {
      Object event =
          random.nextBoolean()
              ? new FleetWentQuiet(tenant, 3, now, now)
              : new FleetCameBack(tenant, now);
      return step("fleet", "all", event);
    }
    String id = any(seen.isEmpty() ? ENDPOINTS : List.copyOf(seen.keySet()));
    Instant last = seen.get(id);
    if (last == null || random.nextInt(4) == 0) {
      return step("endpoint", id, new EndpointRevoked(tenant, id, now));
    }
    return step(
        "endpoint",
        id,
        random.nextBoolean()
            ? new EndpointWentSilent(tenant, id, last, now)
            : new EndpointWentOffline(tenant, id, last, now));
  }

  private Step instances(Instant now) {
    String id = any(ENDPOINTS);
    List<JobInstance> changed = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (String job : JOBS) {
      switch (random.nextInt(4)) {
        case 0 -> changed.add(instance(job, "in_sync", null));
        case 1 -> changed.add(instance(job, "drifted", "line " + number));
        case 2 -> removed.add(job);
        default -> {
          // stays as it is
        }
      }
    }
    return step(
        "endpoint",
        id,
        new JobInstancesChanged(
            tenant, id, "commit-" + number, "cron", changed, removed, now, now));
  }

  private JobInstance instance(String job, String state, @Nullable String message) {
    return new JobInstance(
        job, namespace(job), job, path(job), state, List.of("0 0 1 1 *"), "UTC", message);
  }

  private Step started(Instant now) {
    String run = "run-" + number;
    open.add(run);
    String job = any(JOBS);
    // a machine that was cut off tells late what it did before
    Instant at = random.nextInt(3) == 0 ? now.minusSeconds(random.nextInt(900)) : now;
    return step(
        "run",
        run,
        new RunStarted(
            tenant, run, namespace(job), job, null, null, null, "api", at, now, null, null, 0));
  }

  private Step ended(Instant now) {
    String run = open.isEmpty() ? "run-" + number : open.remove(random.nextInt(open.size()));
    String job = any(JOBS);
    String status = any(RESULTS);
    if (random.nextBoolean()) {
      following.add(later -> List.of(finished(run, job, otherThan(status), later)));
    }
    return finished(run, job, status, now);
  }

  /** The first result of a run, or a newer one, which replaces it. */
  private Step finished(String run, String job, String status, Instant now) {
    return step(
        "run",
        run,
        new RunFinished(
            tenant,
            run,
            namespace(job),
            job,
            null,
            null,
            null,
            "api",
            status,
            0,
            null,
            now,
            5L,
            null,
            false,
            null,
            now));
  }

  private String otherThan(String status) {
    return any(RESULTS.stream().filter(result -> !result.equals(status)).toList());
  }

  private Step moreOfRuns(Instant now) {
    if (!late.isEmpty()) {
      String run = late.removeFirst();
      return step(
          "run",
          run,
          new RunLateResultRecorded(tenant, run, "success", 0, now, 5L, "late", false, null, now));
    }
    if (!open.isEmpty()) {
      String run = open.remove(random.nextInt(open.size()));
      late.add(run);
      return step("run", run, new RunTimedOut(tenant, run, now, now));
    }
    return started(now);
  }

  private String namespace(String job) {
    return namespaces.getOrDefault(job, "default");
  }

  private static String path(String job) {
    return "default/" + job + ".yaml";
  }
}
