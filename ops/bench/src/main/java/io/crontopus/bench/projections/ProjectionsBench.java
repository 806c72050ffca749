package io.crontopus.bench.projections;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.fill.CopiedEvents;
import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.WarmUp;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.Session;
import io.crontopus.bench.system.Usage;
import java.sql.SQLException;
import java.time.Duration;

/** From the log to the rows that the API reads. */
public final class ProjectionsBench implements Bench {

  private static final long EVENTS = 300_000;
  private static final long EVENTS_FULL = 2_000_000;
  private static final double CATCH_UP_TARGET = 50_000;
  private static final double LIVE_RATE = 5_000;
  private static final double LAG_TARGET = 250;

  /** Lag at a lower rate than this share of the wanted one says nothing of the target. */
  private static final double REACHED_SHARE = 0.95;

  private static final int CONNECTIONS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "projections";
  }

  @Override
  public String description() {
    return "Projections: events a second when catching up, and lag under a steady load.";
  }

  @Override
  public void measure(Session session) throws Exception {
    BenchPlatform platform = BenchPlatform.startWithCommitTimes(session);
    RunRows rows = new RunRows(platform);
    session.step("warming up");
    LoadResult warm = warmUp(session, platform);
    rows.awaitVisible(warm, PATIENCE);
    lag(session, platform, rows);
    catchUp(session, platform, rows);
  }

  private static LoadResult warmUp(Session session, BenchPlatform platform) {
    LoadResult[] last = new LoadResult[1];
    WarmUp.compiled(
        session.options().warmUp(),
        platform.handle().pid(),
        time -> {
          long next = last[0] == null ? 0 : last[0].end();
          last[0] = load(platform, time, 0, next);
        });
    return last[0];
  }

  private static LoadResult load(BenchPlatform platform, Duration time, double rate, long first) {
    return HttpLoad.run(
        new LoadPlan(platform.address(), CONNECTIONS, time, rate, first),
        CheckIns.single(platform));
  }

  private void catchUp(Session session, BenchPlatform platform, RunRows rows)
      throws SQLException, InterruptedException {
    long events = session.options().amount(EVENTS, EVENTS_FULL);
    CopiedEvents log = CopiedEvents.of(platform);
    long from = 1_000_000_000;
    session.step("appending %,d events in one transaction".formatted(events));
    log.append(from, from + events);
    Usage before = platform.usage();
    long start = System.nanoTime();
    Duration longest = session.options().full() ? PATIENCE.multipliedBy(10) : PATIENCE;
    boolean done = rows.awaitVisible(from + events - 1, longest);
    double seconds = (System.nanoTime() - start) / 1e9;
    Usage after = platform.usage();
    long taken = done ? events : rows.countFrom(from);
    double floor = rows.copyRate(200_000);
    session.add(
        Figure.of("catch-up of the runs", taken / seconds, "/s", Goal.atLeast(CATCH_UP_TARGET))
            .limitedBy("copying the rows with their indexes", floor)
            .with("events", taken)
            .with("seconds", seconds)
            .with("caught_up", done)
            .with("cpu_percent", after.percentSince(before)));
  }

  private void lag(Session session, BenchPlatform platform, RunRows rows)
      throws SQLException, InterruptedException {
    long first = 2_000_000_000;
    Usage before = platform.usage();
    LoadResult result = load(platform, session.options().time(), LIVE_RATE, first);
    Usage after = platform.usage();
    rows.awaitVisible(result, PATIENCE);
    RunRows.Lag lag = rows.lag(result.first(), result.end());
    session.add(
        Figure.of(
                "lag p99 at %,.0f check-ins/s".formatted(result.rate()),
                lag.p99(),
                "ms",
                result.rate() < LIVE_RATE * REACHED_SHARE ? Goal.none() : Goal.below(LAG_TARGET))
            .with("wanted_rate", LIVE_RATE)
            .with("p50_ms", lag.p50())
            .with("max_ms", lag.longest())
            .with("runs", lag.runs())
            .with("check_in_p50_ms", result.accepted().millis(50))
            .with("check_in_p99_ms", result.accepted().millis(99))
            .with("cpu_percent", after.percentSince(before)));
  }
}
