package io.crontopus.bench.replay;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.fill.CopiedEvents;
import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.PlatformApi;
import io.crontopus.bench.platform.PlatformDatabase;
import io.crontopus.bench.projections.RunRows;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.BenchFailure;
import io.crontopus.bench.session.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/admin/projections/runs/rebuild}, while check-ins go on. */
public final class ReplayBench implements Bench {

  private static final long EVENTS = 1_000_000;
  private static final long EVENTS_FULL = 10_000_000;

  /** Ten million events in five minutes. */
  private static final double TARGET = 10_000_000 / 300.0;

  private static final double LOAD = 100;
  private static final String PROJECTION = "/api/admin/projections/runs";
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final int FULL_LONGER = 15;

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String description() {
    return "Rebuilding the runs from a million events (ten with --full) while check-ins go on.";
  }

  @Override
  public void measure(Session session) throws Exception {
    BenchPlatform platform = BenchPlatform.start(session);
    PlatformApi operator = platform.operator();
    if (!operator.has(PROJECTION)) {
      throw new BenchFailure("this platform has no " + PROJECTION);
    }
    long events = session.options().amount(EVENTS, EVENTS_FULL);
    Duration longest = session.options().full() ? LONGEST.multipliedBy(FULL_LONGER) : LONGEST;
    CopiedEvents log = CopiedEvents.of(platform);
    long first = 1_000_000_000;
    session.step("appending %,d events".formatted(events));
    log.append(first, first + events);
    session.step("waiting until they are projected");
    if (!new RunRows(platform).awaitVisible(first + events - 1, longest)) {
      throw new BenchFailure("the projection does not catch up within " + longest);
    }
    rebuild(session, platform, operator, events, longest);
  }

  private static void rebuild(
      Session session, BenchPlatform platform, PlatformApi operator, long events, Duration longest)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Long> load = CompletableFuture.supplyAsync(() -> load(platform, over));
    session.step("rebuilding, with %.0f check-ins a second beside it".formatted(LOAD));
    long start = System.nanoTime();
    operator.post(PROJECTION + "/rebuild?reason=bench", Map.of());
    String phase = "";
    double filled = 0;
    while (true) {
      JsonNode rebuild = operator.get(PROJECTION).path("rebuild");
      double seconds = (System.nanoTime() - start) / 1e9;
      if (!rebuild.isObject()) {
        over.set(true);
        add(session, platform, events, seconds, filled, load.join());
        return;
      }
      if (!phase.equals(rebuild.path("phase").asString())) {
        phase = rebuild.path("phase").asString();
        filled = filled == 0 && !phase.equals("filling") ? seconds : filled;
        session.step(phase);
      }
      if (seconds > longest.toSeconds()) {
        over.set(true);
        throw new BenchFailure("the rebuild is not over within " + longest + ": " + rebuild);
      }
      Thread.sleep(LOOK);
    }
  }

  private static void add(
      Session session,
      BenchPlatform platform,
      long events,
      double seconds,
      double filled,
      long acknowledged)
      throws SQLException, InterruptedException {
    Thread.sleep(1_000);
    PlatformDatabase database = platform.database();
    long ended =
        database.number(
            "SELECT count(DISTINCT aggregate_id) FROM event_store.domain_event WHERE aggregate_id LIKE 'run:%'");
    long runs = database.number("SELECT count(*) FROM read_model.run");
    double floor = new RunRows(platform).copyRate(200_000);
    session.add(
        Figure.of("rebuild of the runs", events / seconds, "/s", Goal.atLeast(TARGET))
            .limitedBy("copying the rows with their indexes", floor)
            .with("events", events)
            .with("seconds", seconds)
            .with("seconds_until_filled", filled)
            .with("check_ins_meanwhile", acknowledged));
    session.add(
        Figure.of(
            "runs missing or twice after it", (double) Math.abs(ended - runs), "", Goal.atMost(0)));
  }

  private static long load(BenchPlatform platform, AtomicBoolean over) {
    long next = 0;
    long acknowledged = 0;
    while (!over.get()) {
      LoadResult result =
          HttpLoad.run(
              LoadPlan.openLoop(platform.address(), 4, Duration.ofSeconds(1), LOAD, next),
              CheckIns.single(platform));
      next = result.end();
      acknowledged += result.acceptedCount();
    }
    return acknowledged;
  }
}
