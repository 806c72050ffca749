package io.crontopus.bench.checkins;

import io.crontopus.bench.limit.CopyRate;
import io.crontopus.bench.limit.HttpLimits;
import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.Template;
import io.crontopus.bench.load.WarmUp;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.BenchOptions;
import io.crontopus.bench.session.Session;
import io.crontopus.bench.system.CompilerTime;
import io.crontopus.bench.system.Samples;
import io.crontopus.bench.system.Usage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /api/checkins} and {@code /api/checkins/batch}. */
public final class CheckInsBench implements Bench {

  private static final int CONNECTIONS = 256;
  private static final int BATCH_CONNECTIONS = 8;
  private static final int BATCH = 1_000;
  private static final int OVERLOAD_CONNECTIONS = 8_192;
  private static final double TARGET = 20_000;
  private static final double BATCH_TARGET = 50_000;
  private static final double P99_TARGET = 50;
  private static final double PERCENT = 100;
  private static final double MEBIBYTE = 1 << 20;

  private static final double AUTHENTICATION_TARGET = 5;
  private static final int LISTED_METHODS = 12;

  private static final List<String> AUTHENTICATION =
      List.of(
          "io.crontopus.identity.",
          "io.crontopus.web.AuthenticationFilter",
          "io.crontopus.web.limit.",
          "io.crontopus.web.edge.");

  /** Where a part of the HTTP edge hands over to those behind it, and they are none of it. */
  private static final List<String> HANDED_OVER =
      List.of(
          "io.crontopus.",
          "org.springframework.web.server.handler.DefaultWebFilterChain",
          "io.netty.channel.AbstractChannelHandlerContext");

  /** Beyond what a generator on the same cores can hold steady, an open loop measures itself. */
  private static final double STEADY_SHARE = 0.8;

  @Override
  public String name() {
    return "checkins";
  }

  @Override
  public String description() {
    return "Check-ins over HTTP: the most, latency at a steady rate, batches, and overload.";
  }

  @Override
  public void measure(Session session) throws Exception {
    HttpLimits limits = HttpLimits.measure(session, CONNECTIONS, CheckIns.BODY);
    new Measurement(session, limits, BenchPlatform.start(session)).all();
  }

  private static boolean isAuthentication(String type) {
    return AUTHENTICATION.stream().anyMatch(type::startsWith);
  }

  private static boolean isBehindIt(String type) {
    return HANDED_OVER.stream().anyMatch(type::startsWith);
  }

  private static final class Measurement {

    private final Session session;
    private final BenchOptions options;
    private final HttpLimits limits;
    private final BenchPlatform platform;
    private final Template single;
    private final List<StoredOnce> stored = new ArrayList<>();
    private long next;

    Measurement(Session session, HttpLimits limits, BenchPlatform platform) {
      this.session = session;
      this.options = session.options();
      this.limits = limits;
      this.platform = platform;
      this.single = CheckIns.single(platform);
    }

    void all() throws Exception {
      session.step("warming up");
      WarmUp.compiled(options.warmUp(), pid(), this::closed);
      double copy =
          CopyRate.measure(
              platform.database(), options.time().dividedBy(2), "run:" + platform.tenant() + ":%");
      session.step("COPY into the event table %.0f rows/s".formatted(copy));
      double most = most(copy);
      authentication();
      steady(Math.min(TARGET, most * STEADY_SHARE));
      batches(copy);
      overload();
      StoredOnce.requireRight(stored);
    }

    private LoadResult closed(Duration time) {
      return run(LoadPlan.closedLoop(platform.address(), CONNECTIONS, time, next), single);
    }

    private LoadResult run(LoadPlan plan, Template request) {
      LoadResult result = HttpLoad.run(plan, request);
      next = result.end();
      return result;
    }

    private double most(double copy) throws SQLException {
      double compiling = CompilerTime.of(pid());
      Usage before = platform.usage();
      LoadResult result = closed(options.time());
      Usage after = platform.usage();
      session.add(
          checked(
              Figure.of("single check-ins", result.rate(), "/s", Goal.atLeast(TARGET))
                  .limitedBy("empty POST", limits.emptyPost().rate())
                  .with("copy_rows_per_second", copy)
                  .with("generator_alone_per_second", limits.generator().rate())
                  .with("p50_ms", result.accepted().millis(50))
                  .with("p99_ms", result.accepted().millis(99))
                  .with("platform_cpu_percent", after.percentSince(before))
                  .with("of_that_compiling_seconds", CompilerTime.of(pid()) - compiling)
                  .with("postgres_cpu_seconds", after.below() - before.below()),
              result,
              1));
      return result.rate();
    }

    private long pid() {
      return platform.handle().pid();
    }

    /** Who is it, may they, and not too often: its part of what Java does for a check-in. */
    private void authentication() throws InterruptedException {
      Samples samples =
          Samples.during(pid(), platform.data().resolve("bench.jfr"), () -> closed(options.time()));
      session.add(
          Figure.of(
                  "authentication and limits",
                  samples.percentIn(CheckInsBench::isAuthentication, CheckInsBench::isBehindIt),
                  "% of Java's time",
                  Goal.atMost(AUTHENTICATION_TARGET))
              .with("samples", samples.count()));
      session.step(
          "of these, in percent: "
              + String.join(
                  ", ",
                  samples.most(
                      LISTED_METHODS, CheckInsBench::isAuthentication, CheckInsBench::isBehindIt)));
    }

    private void steady(double rate) throws SQLException {
      LoadResult result =
          run(
              LoadPlan.openLoop(platform.address(), CONNECTIONS, options.time(), rate, next),
              single);
      session.add(
          checked(
              Figure.of(
                      "p99 at %,.0f/s".formatted(rate),
                      result.accepted().millis(99),
                      "ms",
                      Goal.below(P99_TARGET))
                  .limitedBy(
                      "p99 of the empty POST at its most", limits.emptyPost().accepted().millis(99))
                  .with("p50_ms", result.accepted().millis(50))
                  .with("p90_ms", result.accepted().millis(90))
                  .with("p999_ms", result.accepted().millis(99.9))
                  .with("max_ms", result.accepted().longestMillis())
                  .with("rate_per_second", result.rate())
                  .with("unsent", result.unsent()),
              result,
              1));
    }

    private void batches(double copy) throws SQLException {
      Template batch = CheckIns.batch(platform, BATCH);
      WarmUp.compiled(options.warmUp(), pid(), time -> batches(batch, time));
      double compiling = CompilerTime.of(pid());
      Usage before = platform.usage();
      LoadResult result = batches(batch, options.time());
      Usage after = platform.usage();
      session.add(
          checked(
              Figure.of(
                      "check-ins in batches of " + BATCH,
                      result.marks() / result.seconds(),
                      "/s",
                      Goal.atLeast(BATCH_TARGET))
                  .limitedBy("COPY", copy)
                  .with("batches_per_second", result.rate())
                  .with("batch_p99_ms", result.accepted().millis(99))
                  .with("taken", result.marks())
                  .with("platform_cpu_percent", after.percentSince(before))
                  .with("of_that_compiling_seconds", CompilerTime.of(pid()) - compiling)
                  .with("postgres_cpu_seconds", after.below() - before.below()),
              result,
              BATCH));
    }

    /** A batch's check-ins are numbered from its own number times its size. */
    private LoadResult batches(Template batch, Duration time) {
      LoadResult result =
          HttpLoad.run(
              LoadPlan.closedLoop(
                  platform.address(), BATCH_CONNECTIONS, time, Math.ceilDiv(next, BATCH)),
              CheckIns.TAKEN,
              batch);
      next = result.end() * BATCH;
      return result;
    }

    private void overload() throws SQLException {
      long before = platform.usage().resident();
      LoadResult result =
          run(
              LoadPlan.closedLoop(platform.address(), OVERLOAD_CONNECTIONS, options.time(), next),
              single);
      long after = platform.usage().resident();
      session.add(
          checked(
              Figure.of(
                      "p99 of the accepted, %,d clients".formatted(OVERLOAD_CONNECTIONS),
                      result.accepted().millis(99),
                      "ms",
                      Goal.none())
                  .with("p50_ms", result.accepted().millis(50))
                  .with("accepted_per_second", result.rate())
                  .with("refused_p99_ms", result.refused().millis(99))
                  .with("statuses", result.statuses())
                  .with("lost_connections", result.lost())
                  .with("unsent", result.unsent())
                  .with("platform_mib_before", before / MEBIBYTE)
                  .with("platform_mib_after", after / MEBIBYTE),
              result,
              1));
      session.add(
          Figure.of("shed in overload", PERCENT * result.shed() / result.sent(), "%", Goal.none()));
    }

    private Figure checked(Figure figure, LoadResult result, int items) throws SQLException {
      StoredOnce load = StoredOnce.check(platform.database(), platform.tenant(), result, items);
      stored.add(load);
      if (!load.isRight()) {
        session.step("NOT RIGHT: " + load);
      }
      return figure
          .with("acknowledged", load.acknowledged())
          .with("missing", load.missing())
          .with("repeated", load.repeated());
    }
  }
}
