package io.crontopus.bench.stream;

import io.crontopus.bench.checkins.CheckIns;
import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.Latencies;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.Template;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** {@code GET /api/stream}: from the commit of an event to the bytes at each client. */
public final class StreamBench implements Bench {

  private static final long SUBSCRIBERS = 1_000;
  private static final int SLOW = 100;
  private static final double RATE = 20;
  private static final int CONNECTIONS = 8;
  private static final double TARGET = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Long enough to fill the buffers of a client that does not read. */
  private static final String ERROR = "disk full on /var/backups; ".repeat(60);

  private static final String FAILED =
      """
      {"job_name":"job-{m}","run_id":"bench-{n}","status":"failure","exit_code":1,"error_message":"%s"}"""
          .formatted(ERROR);

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String description() {
    return "Live updates: from the commit to a thousand subscribers, with slow ones among them.";
  }

  @Override
  public void measure(Session session) throws Exception {
    BenchPlatform platform = BenchPlatform.startWithCommitTimes(session);
    int count = (int) session.options().amount(SUBSCRIBERS, SUBSCRIBERS);
    Subscribers subscribers = session.cleanUp().add(Subscribers.open(platform, count, false));
    subscribers.start();
    subscribers.awaitOpen();
    session.step(count + " streams open; warming up");
    long next = warmUp(session, platform, subscribers);

    Delivery quick = deliver(session, platform, subscribers, next, CheckIns.BODY);
    session.add(
        figure("commit → client p99, %,d subscribers".formatted(count), quick)
            .with("subscribers", count)
            .with("checkins_per_second", RATE));

    Delivery before = deliver(session, platform, subscribers, quick.load().end(), FAILED);
    Subscribers slow = session.cleanUp().add(Subscribers.open(platform, SLOW, true));
    slow.start();
    slow.awaitOpen();
    slow.expectFrom(before.load().end());
    slow.pause();
    Delivery beside = deliver(session, platform, subscribers, before.load().end(), FAILED);
    session.add(
        figure("the same beside %d that do not read".formatted(SLOW), beside)
            .limitedBy("without them", before.latencies().millis(99)));
    slowOnes(session, slow, beside.load().acceptedCount());
  }

  private static long warmUp(Session session, BenchPlatform platform, Subscribers subscribers)
      throws InterruptedException {
    long rounds = Math.max(1, session.options().warmUp().toSeconds() / 2);
    LoadResult result = load(platform, Duration.ofSeconds(rounds), 0, CheckIns.BODY, RATE);
    subscribers.awaitAll(result.acceptedCount(), PATIENCE);
    return result.end();
  }

  private record Delivery(LoadResult load, Latencies latencies, boolean complete, long missing) {}

  private static Delivery deliver(
      Session session, BenchPlatform platform, Subscribers subscribers, long first, String body)
      throws InterruptedException, SQLException {
    subscribers.expectFrom(first);
    LoadResult result = load(platform, session.options().time(), first, body, RATE);
    boolean complete = subscribers.awaitAll(result.acceptedCount(), PATIENCE);
    Receipts receipts = subscribers.receipts();
    Latencies latencies = CommitTimes.read(platform, result.first(), result.end()).until(receipts);
    long missing = result.acceptedCount() * subscribers.count() - receipts.size();
    return new Delivery(result, latencies, complete, missing);
  }

  private static LoadResult load(
      BenchPlatform platform, Duration time, long first, String body, double rate) {
    Template request =
        Template.post(platform.address(), "/api/checkins", platform.token(), "", List.of(body), "");
    return HttpLoad.run(
        LoadPlan.openLoop(platform.address(), CONNECTIONS, time, rate, first), request);
  }

  private static Figure figure(String name, Delivery delivery) {
    return Figure.of(name, delivery.latencies().millis(99), "ms", Goal.below(TARGET))
        .with("p50_ms", delivery.latencies().millis(50))
        .with("p999_ms", delivery.latencies().millis(99.9))
        .with("max_ms", delivery.latencies().longestMillis())
        .with("deliveries", delivery.latencies().count())
        .with("missing", delivery.missing())
        .with("check_in_p99_ms", delivery.load().accepted().millis(99));
  }

  /** What they find when they read again: all of it, or that they have to read anew. */
  private static void slowOnes(Session session, Subscribers slow, long runs)
      throws InterruptedException {
    slow.start();
    slow.awaitAll(runs, PATIENCE.dividedBy(4));
    session.add(
        Figure.of(
                "slow clients that lost something unawares",
                (double) (slow.unaware(runs) - slow.ended()),
                "",
                Goal.atMost(0))
            .with("slow_clients", slow.count())
            .with("told_to_read_anew", slow.resets())
            .with("closed", slow.ended()));
  }
}
