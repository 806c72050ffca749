package io.crontopus.bench.agent;

import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.ChildProcess;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.BenchFailure;
import io.crontopus.bench.session.Session;
import io.crontopus.bench.system.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An agent with two hundred manifests and a scheduler of its own. */
public final class AgentBench implements Bench {

  private static final long MANIFESTS = 200;
  private static final int CHANGES = 5;
  private static final double MEBIBYTE = 1 << 20;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(5);

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public String description() {
    return "The agent with 200 manifests: memory while it idles, and how soon a push is applied.";
  }

  @Override
  public void measure(Session session) throws Exception {
    BenchPlatform platform = BenchPlatform.start(session);
    Path folder = platform.data().resolveSibling("agent");
    Repository repository =
        Repository.checkOut(platform, platform.data().resolveSibling("work-tree"));
    int manifests = (int) session.options().amount(MANIFESTS, MANIFESTS);
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < manifests; i++) {
      files.put(path(i), manifest(i, "first"));
    }
    String first = repository.push(files);
    session.step(manifests + " manifests pushed");
    ChildProcess agent = start(session, platform, folder);
    long start = System.nanoTime();
    awaitApplied(platform, manifests - 1, first);
    session.step("first sync after %.1f s".formatted((System.nanoTime() - start) / 1e9));

    double[] millis = new double[CHANGES];
    for (int i = 0; i < CHANGES; i++) {
      millis[i] = sync(platform, repository, i);
    }
    session.add(
        Figure.of(
                "from the end of a push to the applied schedule, p50",
                median(millis),
                "ms",
                Goal.none())
            .with("times", CHANGES));
    Thread.sleep(session.options().time());
    Usage idle = Usage.of(agent.handle());
    Thread.sleep(session.options().time());
    Usage later = Usage.of(agent.handle());
    session.add(
        Figure.of("memory while it idles", later.resident() / MEBIBYTE, "MiB", Goal.none())
            .with("manifests", manifests)
            .with("cpu_percent", later.percentSince(idle)));
  }

  private static ChildProcess start(Session session, BenchPlatform platform, Path folder)
      throws Exception {
    String token =
        platform
            .api()
            .post("/api/enrollment-tokens", Map.of("name", "bench", "max_uses", 1))
            .path("token")
            .asString();
    Path tokenFile = folder.resolveSibling("enrollment.token");
    Files.writeString(tokenFile, token);
    ChildProcess.launcher(
            "enrollment",
            Map.of(),
            "agent",
            "enroll",
            "--server",
            platform.url().toString(),
            "--token-file",
            tokenFile.toString(),
            "--data",
            folder.toString())
        .awaitSuccess();
    return session
        .cleanUp()
        .add(
            ChildProcess.launcher(
                "agent",
                Map.of(),
                "agent",
                "run",
                "--data",
                folder.toString(),
                "--scheduler",
                "embedded"));
  }

  private static double sync(BenchPlatform platform, Repository repository, int change)
      throws Exception {
    String commit = repository.push(Map.of(path(0), manifest(0, "change " + change)));
    long pushed = System.nanoTime();
    awaitApplied(platform, 0, commit);
    return (System.nanoTime() - pushed) / 1e6;
  }

  private static void awaitApplied(BenchPlatform platform, int job, String commit)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (platform
            .database()
            .number(
                "SELECT count(*) FROM read_model.job_instance WHERE name = ? AND commit_id = ? AND state = 'in_sync'",
                name(job),
                commit)
        == 0) {
      if (System.nanoTime() > end) {
        throw new BenchFailure("the agent does not apply commit " + commit);
      }
      Thread.sleep(LOOK);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String name(int job) {
    return "job-%04d".formatted(job);
  }

  private static String path(int job) {
    return "default/" + name(job) + ".yaml";
  }

  /** Runs once a year, so that the agent idles. */
  private static String manifest(int job, String purpose) {
    return """
    apiVersion: v1
    kind: Job
    metadata:
      name: %s
      annotations: {description: "%s"}
    spec:
      schedule: "0 0 1 1 *"
      command: echo %s
    """
        .formatted(name(job), purpose, purpose);
  }
}
