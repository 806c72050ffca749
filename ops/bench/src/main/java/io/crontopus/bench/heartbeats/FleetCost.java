package io.crontopus.bench.heartbeats;

import io.crontopus.bench.load.WarmUp;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.BenchFailure;
import io.crontopus.bench.session.Session;
import io.crontopus.bench.system.CompilerTime;
import io.crontopus.bench.system.Heap;
import io.crontopus.bench.system.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a hundred thousand endpoints cost that are heard of each thirty seconds, day after day: code
 * is compiled by then, and of each endpoint it is known that it lives.
 */
record FleetCost(Session session, BenchPlatform platform, List<LineStream.Login> logins) {

  /** Heartbeats a second. */
  static final double RATE = 100_000 / 30.0;

  /** Code gets hot slowly at the rate that is measured. */
  private static final double WARM_UP_RATE = 3 * RATE;

  private static final double CPU_TARGET = 25;
  private static final double HEAP_TARGET = 1024;
  private static final double MEBIBYTE = 1 << 20;
  private static final Duration SLICE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** After so long without a word the endpoints are silent, which is something to do again. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  /**
   * Adds the figures.
   *
   * @param countedPercent what the same lines cost where they are only counted
   */
  void measure(double countedPercent) throws IOException, InterruptedException, SQLException {
    try (LineStreams streams = open()) {
      awaitKnown(streams);
      warmUp(session, streams, platform::usage);
    }
    double idle = idle();
    try (LineStreams streams = open()) {
      streams.paced(RATE, session.options().time().dividedBy(2));
      session.add(
          cost(streams)
              .limitedBy("idle platform and lines only counted", idle + countedPercent)
              .with("idle_percent", idle)
              .with("only_counted_percent", countedPercent));
      session.add(heap());
    }
  }

  private LineStreams open() throws IOException {
    session.step("opening " + logins.size() + " streams");
    return LineStreams.open(platform.address(), logins);
  }

  /** Lines until each costs as little as it will. */
  static void warmUp(Session session, LineStreams streams, Supplier<Usage> usage) {
    session.step("warming up");
    WarmUp.rising(
        session.options().warmUp(),
        slice -> {
          Usage before = usage.get();
          long lines = paced(streams, WARM_UP_RATE, slice).acked();
          return lines / usage.get().secondsSince(before);
        });
  }

  /** That an endpoint is heard of for the first time is told once in its life. */
  private void awaitKnown(LineStreams streams) throws SQLException {
    session.step("waiting until all are online");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (online() < logins.size()) {
      if (System.nanoTime() > end) {
        throw new BenchFailure("only %d endpoints are online".formatted(online()));
      }
      paced(streams, RATE, SLICE);
    }
  }

  private long online() throws SQLException {
    return platform
        .database()
        .number(
            "SELECT count(*) FROM read_model.endpoint WHERE tenant_id = ? AND state = 'online' AND applied_commit <> ''",
            platform.tenant());
  }

  private Figure cost(LineStreams streams) {
    long pid = platform.handle().pid();
    double compiling = CompilerTime.of(pid);
    Usage before = platform.usage();
    // A round of all endpoints, as each says something every thirty seconds.
    LineStreams.Result result = paced(streams, RATE, session.options().time().multipliedBy(2));
    Usage after = platform.usage();
    return Figure.of(
            "processor for 100,000 endpoints at 30 s",
            after.percentSince(before),
            "% of a core",
            Goal.atMost(CPU_TARGET))
        .with("heartbeats_per_second", result.rate())
        .with("streams", logins.size())
        .with("platform_cpu_seconds", after.own() - before.own())
        .with("of_that_compiling_seconds", CompilerTime.of(pid) - compiling)
        .with("postgres_cpu_seconds", after.below() - before.below())
        .with("ack_p50_ms", result.latencies().millis(50))
        .with("ack_p99_ms", result.latencies().millis(99))
        .with("unacknowledged", result.unacked())
        .with("ended_streams", result.ended());
  }

  private Figure heap() throws InterruptedException {
    Heap heap = Heap.afterCollection(platform.handle().pid());
    return Figure.of(
            "heap with %,d open streams".formatted(logins.size()),
            heap.usedBytes() / MEBIBYTE,
            "MiB",
            Goal.atMost(HEAP_TARGET))
        .with("resident_mib", platform.usage().resident() / MEBIBYTE);
  }

  /** What the platform costs that knows all these endpoints and hears none, of a core. */
  private double idle() throws InterruptedException {
    session.step("resting");
    TimeUnit.MILLISECONDS.sleep(SLICE.toMillis());
    Usage before = platform.usage();
    Duration time = session.options().time();
    TimeUnit.MILLISECONDS.sleep(
        (time.compareTo(LONGEST_REST) < 0 ? time : LONGEST_REST).toMillis());
    double percent = platform.usage().percentSince(before);
    session.add(Figure.of("processor of the idle platform", percent, "% of a core", Goal.none()));
    return percent;
  }

  private static LineStreams.Result paced(LineStreams streams, double rate, Duration time) {
    try {
      return streams.paced(rate, time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
