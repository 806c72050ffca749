package io.crontopus.bench.cli;

import io.crontopus.bench.load.Latencies;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.ChildProcess;
import io.crontopus.bench.queries.FilledRuns;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Commands as people type them. */
public final class CliBench implements Bench {

  private static final long RUNS = 100_000;
  private static final int TIMES = 12;

  @Override
  public String name() {
    return "cli";
  }

  @Override
  public String description() {
    return "The command line: wall time of a command that asks nothing, and of a list of runs.";
  }

  @Override
  public void measure(Session session) throws Exception {
    BenchPlatform platform = BenchPlatform.start(session);
    FilledRuns.fill(platform, session.options().amount(RUNS, RUNS));
    Latencies start = time("--version");
    session.add(figure("start-up (--version)", start));
    Latencies list =
        time(
            "runs",
            "list",
            "--server",
            platform.url().toString(),
            "--token-file",
            tokenFile(platform));
    session.add(figure("runs list", list).limitedBy("start-up", start.millis(50)));
    Latencies failures =
        time(
            "runs",
            "list",
            "--status",
            "failure",
            "-o",
            "json",
            "--server",
            platform.url().toString(),
            "--token-file",
            tokenFile(platform));
    session.add(
        figure("runs list --status failure -o json", failures)
            .limitedBy("start-up", start.millis(50)));
  }

  private static String tokenFile(BenchPlatform platform) throws IOException {
    Path file = platform.data().resolveSibling("token");
    Files.writeString(file, platform.token());
    return file.toString();
  }

  private static Figure figure(String name, Latencies latencies) {
    return Figure.of(name, latencies.millis(50), "ms", Goal.none())
        .with("times", latencies.count())
        .with("max_ms", latencies.longestMillis());
  }

  private static Latencies time(String... arguments) throws InterruptedException {
    Latencies latencies = new Latencies();
    for (int i = 0; i <= TIMES; i++) {
      long start = System.nanoTime();
      ChildProcess.launcher("command", Map.of(), arguments).awaitSuccess();
      if (i > 0) {
        latencies.add(System.nanoTime() - start);
      }
    }
    return latencies;
  }
}
