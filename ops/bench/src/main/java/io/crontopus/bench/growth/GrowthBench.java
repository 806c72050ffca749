package io.crontopus.bench.growth;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.fill.CopiedEvents;
import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.Template;
import io.crontopus.bench.load.WarmUp;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.projections.RunRows;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.BenchFailure;
import io.crontopus.bench.session.Session;
import io.crontopus.bench.system.Usage;
import java.sql.SQLException;
import java.time.Duration;

/** Processor time of a check-in at few and at very many stored events. */
public final class GrowthBench implements Bench {

  private static final long SMALL = 200_000;
  private static final long SMALL_FULL = 1_000_000;
  private static final long LARGE = 2_000_000;
  private static final long LARGE_FULL = 50_000_000;
  private static final long STEP = 1_000_000;
  private static final double MOST = 1.15;
  private static final double STEADY_SHARE = 0.6;
  private static final double STEADY_MOST = 5_000;
  private static final int CONNECTIONS = 64;

  /** For the projection of a million events, which takes longer the more there are. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String description() {
    return "Cost of a check-in at 200,000 and at 2 million events (1 and 50 million with --full).";
  }

  @Override
  public void measure(Session session) throws Exception {
    new Measurement(session, BenchPlatform.start(session)).all();
  }

  private static final class Measurement {
    private final Session session;
    private final BenchPlatform platform;
    private final Template request;
    private final CopiedEvents log;
    private long next;
    private long filled = 1_000_000_000;

    Measurement(Session session, BenchPlatform platform) throws SQLException, InterruptedException {
      this.session = session;
      this.platform = platform;
      this.request = CheckIns.single(platform);
      this.log = CopiedEvents.of(platform);
    }

    private record Cost(double micros, double most, double p99, long events, long bytes) {}

    void all() throws Exception {
      fill(session.options().amount(SMALL, SMALL_FULL));
      session.step("warming up");
      double[] most = new double[1];
      WarmUp.run(
          session.options().warmUp(),
          time -> {
            LoadResult result = run(time, 0);
            most[0] = result.rate();
            return result;
          });
      double rate = Math.min(STEADY_MOST, most[0] * STEADY_SHARE);
      Cost small = cost(rate);
      session.add(figure(small, rate, "few", Goal.none()));
      fill(
          session.options().amount(LARGE, LARGE_FULL)
              - session.options().amount(SMALL, SMALL_FULL));
      Cost large = cost(rate);
      session.add(figure(large, rate, "many", Goal.none()).limitedBy("few events", small.micros()));
      session.add(
          Figure.of(
                  "cost at many events against few",
                  large.micros() / small.micros(),
                  "×",
                  Goal.atMost(MOST))
              .with("few", small.events())
              .with("many", large.events()));
      session.add(
          Figure.of(
              "most check-ins at many events against few",
              large.most() / small.most(),
              "×",
              Goal.none()));
    }

    private static Figure figure(Cost cost, double rate, String how, Goal goal) {
      return Figure.of("processor per check-in at " + how + " events", cost.micros(), "µs", goal)
          .with("events", cost.events())
          .with("database_bytes", cost.bytes())
          .with("at_rate_per_second", rate)
          .with("p99_ms", cost.p99())
          .with("most_per_second", cost.most());
    }

    private LoadResult run(Duration time, double rate) {
      LoadResult result =
          HttpLoad.run(new LoadPlan(platform.address(), CONNECTIONS, time, rate, next), request);
      next = result.end();
      return result;
    }

    private void fill(long count) throws Exception {
      session.step("appending %,d events".formatted(count));
      for (long from = 0; from < count; from += STEP) {
        long these = Math.min(STEP, count - from);
        log.append(filled, filled + these);
        filled += these;
        if (!new RunRows(platform).awaitVisible(filled - 1, LONGEST)) {
          throw new BenchFailure("the projections do not catch up within " + LONGEST);
        }
      }
      platform
          .database()
          .run(
              "VACUUM (ANALYZE) event_store.domain_event",
              "VACUUM (ANALYZE) read_model.run",
              "CHECKPOINT");
    }

    private Cost cost(double rate) throws Exception {
      run(session.options().time().dividedBy(4), rate);
      Usage before = platform.usage();
      LoadResult steady = run(session.options().time(), rate);
      new RunRows(platform).awaitVisible(steady, LONGEST);
      double seconds = platform.usage().secondsSince(before);
      LoadResult most = run(session.options().time().dividedBy(2), 0);
      new RunRows(platform).awaitVisible(most, LONGEST);
      long events =
          platform.database().number("SELECT max(global_index) FROM event_store.domain_event");
      return new Cost(
          1e6 * seconds / steady.acceptedCount(),
          most.rate(),
          steady.accepted().millis(99),
          events,
          platform.database().number("SELECT pg_database_size(current_database())"));
    }
  }
}
