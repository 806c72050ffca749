package io.crontopus.bench.audit;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.fill.CopiedEvents;
import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.OneByOne;
import io.crontopus.bench.projections.RunRows;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.BenchFailure;
import io.crontopus.bench.session.Session;
import io.crontopus.bench.system.Usage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The log that proves itself: taking in, signing, proving and verifying. */
public final class AuditBench implements Bench {

  private static final long EVENTS = 300_000;
  private static final long EVENTS_FULL = 2_000_000;
  private static final long FIRST = 1_000_000_000;
  private static final double INTAKE_TARGET = 30_000;
  private static final double SIGNING_TARGET = 10;
  private static final double LIVE_RATE = 1_000;
  private static final int CONNECTIONS = 16;
  private static final long COPIED = 200_000;
  private static final int QUESTIONS = 500;
  private static final long SEED = 20260101;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int FULL_LONGER = 10;

  /** Signing is due every few seconds; a shorter load would see only the first of it. */
  private static final Duration SHORTEST_LOAD = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public String description() {
    return "Proof: leaves a second, time between checkpoints, proofs over HTTP, verifying an export.";
  }

  @Override
  public void measure(Session session) throws Exception {
    BenchPlatform platform = BenchPlatform.start(session);
    AuditTables log = new AuditTables(platform);
    long events = session.options().amount(EVENTS, EVENTS_FULL);
    Duration longest = session.options().full() ? PATIENCE.multipliedBy(FULL_LONGER) : PATIENCE;
    CopiedEvents copies = CopiedEvents.of(platform);
    session.step("appending %,d events".formatted(events));
    copies.append(FIRST, FIRST + events);
    session.step("waiting until they are projected and taken in for the first time");
    long last = log.lastEvent();
    double besideProjections = log.awaitIntake(last, longest).rate();
    if (!new RunRows(platform).awaitVisible(FIRST + events - 1, longest)) {
      throw new BenchFailure("the projections do not catch up within " + longest);
    }
    intake(session, platform, log, last, besideProjections, longest);
    log.awaitSigned(events, longest);
    signing(session, platform, log);
    String token = platform.owner().token();
    proofs(session, platform, token, log);
    Export.measure(session, platform, token, log.signed());
  }

  /** From the beginning, with nothing else to do. */
  private static void intake(
      Session session,
      BenchPlatform platform,
      AuditTables log,
      long last,
      double besideProjections,
      Duration longest)
      throws SQLException, InterruptedException {
    session.step("taking them in from the beginning");
    Usage before = platform.usage();
    log.forget();
    AuditTables.Intake intake = log.awaitIntake(last, longest);
    double cpu = platform.usage().percentSince(before);
    session.add(
        Figure.of("leaves", intake.rate(), "/s", Goal.atLeast(INTAKE_TARGET))
            .limitedBy("copying the rows with their indexes", log.copyRate(COPIED))
            .with("leaves_counted", intake.events())
            .with("seconds", intake.seconds())
            .with("cpu_percent", cpu)
            .with("beside_projections_per_second", besideProjections));
  }

  private static void signing(Session session, BenchPlatform platform, AuditTables log)
      throws SQLException {
    Duration time =
        session.options().time().compareTo(SHORTEST_LOAD) < 0
            ? SHORTEST_LOAD
            : session.options().time();
    session.step("signing beside %,.0f check-ins a second".formatted(LIVE_RATE));
    Instant from = Instant.now();
    LoadResult load =
        HttpLoad.run(
            LoadPlan.openLoop(platform.address(), CONNECTIONS, time, LIVE_RATE, 2 * FIRST),
            CheckIns.single(platform));
    double longest = log.longestUnsigned(from, Instant.now());
    session.add(
        Figure.of(
                "longest time without a checkpoint while events come",
                longest,
                "s",
                Goal.atMost(SIGNING_TARGET))
            .with("check_ins_per_second", load.rate())
            .with("check_in_p99_ms", load.accepted().millis(99)));
  }

  private static void proofs(Session session, BenchPlatform platform, String token, AuditTables log)
      throws SQLException {
    long size = log.signed();
    Random random = new Random(SEED);
    List<String> inclusion =
        IntStream.range(0, QUESTIONS)
            .mapToObj(_ -> "/api/audit/proof/inclusion?seq=" + random.nextLong(size))
            .toList();
    List<String> consistency =
        IntStream.range(0, QUESTIONS)
            .mapToObj(_ -> "/api/audit/proof/consistency?first=" + (1 + random.nextLong(size)))
            .toList();
    Duration slice = session.options().time().dividedBy(3);
    LoadResult floor = ask(platform, token, List.of("/api/auth/me"), slice);
    session.add(
        proof("proof of inclusion p99", ask(platform, token, inclusion, slice), floor, size));
    session.add(
        proof("proof of consistency p99", ask(platform, token, consistency, slice), floor, size));
  }

  private static LoadResult ask(
      BenchPlatform platform, String token, List<String> paths, Duration slice) {
    OneByOne.ask(platform, token, paths, slice);
    return OneByOne.ask(platform, token, paths, slice);
  }

  private static Figure proof(String name, LoadResult result, LoadResult floor, long size) {
    return Figure.of(name, result.accepted().millis(99), "ms", Goal.none())
        .limitedBy("p99 of GET /api/auth/me", floor.accepted().millis(99))
        .with("p50_ms", result.accepted().millis(50))
        .with("requests", result.acceptedCount())
        .with("tree_size", size);
  }
}
