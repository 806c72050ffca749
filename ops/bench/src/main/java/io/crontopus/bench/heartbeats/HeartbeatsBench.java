package io.crontopus.bench.heartbeats;

import io.crontopus.bench.limit.EmptyPost;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.ChildProcess;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.Session;
import io.crontopus.bench.system.Heap;
import io.crontopus.bench.system.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** {@code POST /api/endpoints/{id}/heartbeats}, the stream of lines. */
public final class HeartbeatsBench implements Bench {

  private static final long STREAMS = 10_000;
  private static final int FLOODING = 500;

  /** A hundred thousand endpoints that are heard of each thirty seconds. */
  private static final double FLEET_RATE = 100_000 / 30.0;

  private static final double PEAK_TARGET = 150_000;
  private static final double CPU_TARGET = 25;
  private static final double HEAP_TARGET = 1024;
  private static final double MEBIBYTE = 1 << 20;

  @Override
  public String name() {
    return "heartbeats";
  }

  @Override
  public String description() {
    return "Heartbeat streams: the most, the cost of 100,000 endpoints, 10,000 open streams.";
  }

  @Override
  public void measure(Session session) throws Exception {
    double limit = limit(session);
    BenchPlatform platform = BenchPlatform.start(session);
    int count = (int) session.options().amount(STREAMS, STREAMS);
    session.step("enrolling " + count + " endpoints");
    List<LineStream.Login> logins = Fleet.logins(Fleet.enroll(platform, count));
    peak(session, platform, logins.subList(0, Math.min(FLOODING, count)), limit);
    fleet(session, platform, logins);
  }

  /** The same lines to a route that counts and acknowledges them at once. */
  private static double limit(Session session) throws InterruptedException, IOException {
    ChildProcess process =
        session.cleanUp().add(ChildProcess.main("counter of lines", EmptyPost.class));
    int port = Integer.parseInt(process.awaitReady().split(" ")[0]);
    List<LineStream.Login> logins =
        Collections.nCopies(FLOODING, new LineStream.Login("/lines", "x"));
    double rate;
    try (LineStreams streams =
        LineStreams.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), logins)) {
      streams.flood(session.options().warmUp().dividedBy(2));
      rate = streams.flood(session.options().time().dividedBy(2)).rate();
    }
    session.cleanUp().end(process);
    session.step("lines that are only counted: %.0f/s".formatted(rate));
    return rate;
  }

  private static void peak(
      Session session, BenchPlatform platform, List<LineStream.Login> logins, double limit)
      throws IOException {
    try (LineStreams streams = LineStreams.open(platform.address(), logins)) {
      session.step("warming up");
      streams.flood(session.options().warmUp().dividedBy(2));
      LineStreams.Result result = streams.flood(session.options().time());
      session.add(
          Figure.of("peak", result.rate(), "/s", Goal.atLeast(PEAK_TARGET))
              .limitedBy("lines only counted", limit)
              .with("streams", logins.size())
              .with("acknowledged", result.acked())
              .with("unacknowledged", result.unacked())
              .with("ended_streams", result.ended()));
    }
  }

  private static void fleet(Session session, BenchPlatform platform, List<LineStream.Login> logins)
      throws IOException, InterruptedException {
    session.step("opening " + logins.size() + " streams");
    try (LineStreams streams = LineStreams.open(platform.address(), logins)) {
      streams.paced(FLEET_RATE, session.options().time().dividedBy(2));
      Usage before = platform.usage();
      // A round of all endpoints, as each says something every thirty seconds.
      Duration time = session.options().time().multipliedBy(2);
      LineStreams.Result result = streams.paced(FLEET_RATE, time);
      Usage after = platform.usage();
      session.add(
          Figure.of(
                  "processor for 100,000 endpoints at 30 s",
                  after.percentSince(before),
                  "% of a core",
                  Goal.atMost(CPU_TARGET))
              .with("heartbeats_per_second", result.rate())
              .with("streams", logins.size())
              .with("platform_cpu_seconds", after.own() - before.own())
              .with("postgres_cpu_seconds", after.below() - before.below())
              .with("ack_p50_ms", result.latencies().millis(50))
              .with("ack_p99_ms", result.latencies().millis(99))
              .with("unacknowledged", result.unacked())
              .with("ended_streams", result.ended()));
      Heap heap = Heap.afterCollection(platform.handle().pid());
      session.add(
          Figure.of(
                  "heap with %,d open streams".formatted(logins.size()),
                  heap.usedBytes() / MEBIBYTE,
                  "MiB",
                  Goal.atMost(HEAP_TARGET))
              .with("resident_mib", platform.usage().resident() / MEBIBYTE));
    }
  }
}
