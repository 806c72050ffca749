package io.crontopus.bench.heartbeats;

import io.crontopus.bench.limit.EmptyPost;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.ChildProcess;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.Session;
import io.crontopus.bench.system.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;

/** {@code POST /api/endpoints/{id}/heartbeats}, the stream of lines. */
public final class HeartbeatsBench implements Bench {

  private static final long STREAMS = 10_000;
  private static final int FLOODING = 500;

  private static final double PEAK_TARGET = 150_000;

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
    int count = (int) session.options().amount(STREAMS, STREAMS);
    Limits limits = limits(session, count);
    BenchPlatform platform = BenchPlatform.start(session);
    session.step("enrolling " + count + " endpoints");
    List<LineStream.Login> logins = Fleet.logins(Fleet.enroll(platform, count));
    peak(session, platform, logins.subList(0, Math.min(FLOODING, count)), limits.rate());
    new FleetCost(session, platform, logins).measure(limits.fleetPercent());
  }

  /**
   * The same lines to a route that counts and acknowledges them at once.
   *
   * @param rate the most of them a second
   * @param fleetPercent what those of the fleet cost, of a core
   */
  private record Limits(double rate, double fleetPercent) {}

  private static Limits limits(Session session, int count)
      throws InterruptedException, IOException {
    ChildProcess process =
        session.cleanUp().add(ChildProcess.main("counter of lines", EmptyPost.class));
    int port = Integer.parseInt(process.awaitReady().split(" ")[0]);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    LineStream.Login login = new LineStream.Login("/lines", "x");
    double rate;
    try (LineStreams streams = LineStreams.open(address, Collections.nCopies(FLOODING, login))) {
      streams.flood(session.options().warmUp().dividedBy(2));
      rate = streams.flood(session.options().time().dividedBy(2)).rate();
    }
    session.step("lines that are only counted: %.0f/s".formatted(rate));
    double percent;
    try (LineStreams streams = LineStreams.open(address, Collections.nCopies(count, login))) {
      FleetCost.warmUp(session, streams, () -> Usage.of(process.handle()));
      Usage before = Usage.of(process.handle());
      streams.paced(FleetCost.RATE, session.options().time());
      percent = Usage.of(process.handle()).percentSince(before);
    }
    session.cleanUp().end(process);
    session.step("lines of the fleet that are only counted: %.1f %% of a core".formatted(percent));
    return new Limits(rate, percent);
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
}
