package io.crontopus.bench.queries;

import io.crontopus.bench.load.Latencies;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.WarmUp;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.OneByOne;
import io.crontopus.bench.platform.PlatformApi;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/runs} with every combination of its filters, on very many runs. */
public final class QueriesBench implements Bench {

  private static final long RUNS = 1_000_000;
  private static final long RUNS_FULL = 10_000_000;
  private static final double LIST_TARGET = 10;
  private static final double BY_JOB_TARGET = 100;
  private static final int SLOWEST = 8;
  private static final int DEEP = 30;

  /** There are about a hundred combinations. */
  private static final int SLICES = 20;

  private static final Duration EACH = Duration.ofMillis(50);
  private static final long SEED = 20260102;

  @Override
  public String name() {
    return "queries";
  }

  @Override
  public String description() {
    return "Lists: latency of every combination of filters on a million runs (ten with --full).";
  }

  @Override
  public void measure(Session session) throws Exception {
    BenchPlatform platform = BenchPlatform.start(session);
    long runs = session.options().amount(RUNS, RUNS_FULL);
    FilledRuns.fill(platform, runs);
    session.step("%,d runs filled in; warming up".formatted(runs));
    Duration slice = session.options().time().dividedBy(SLICES);
    List<Question> questions = Question.all();
    warmUp(session, platform, questions);
    LoadResult floor = OneByOne.ask(platform, List.of("/api/auth/me"), slice.multipliedBy(4));
    lists(session, platform, questions, slice, floor);
    LoadResult deep =
        OneByOne.ask(platform, List.of(deepPage(platform.api())), slice.multipliedBy(4));
    session.add(figure("page %d p99".formatted(DEEP), deep, LIST_TARGET, floor));
    String month =
        Instant.now().minus(Duration.ofDays(30)).truncatedTo(ChronoUnit.MILLIS).toString();
    optional(
        session,
        platform,
        "by job over 30 days",
        "/api/runs/by-job?from=" + month,
        BY_JOB_TARGET,
        floor);
    optional(
        session,
        platform,
        "by endpoint over 30 days",
        "/api/runs/by-endpoint?from=" + month,
        BY_JOB_TARGET,
        floor);
  }

  /** All combinations, well mixed, until what they run is compiled; then each once by itself. */
  private static void warmUp(Session session, BenchPlatform platform, List<Question> questions) {
    List<String> paths =
        new ArrayList<>(questions.stream().flatMap(question -> question.paths().stream()).toList());
    Collections.shuffle(paths, new Random(SEED));
    WarmUp.compiled(
        session.options().warmUp(),
        platform.handle().pid(),
        time -> OneByOne.ask(platform, paths, time));
    questions.forEach(question -> OneByOne.ask(platform, question.paths(), EACH));
  }

  private static void lists(
      Session session,
      BenchPlatform platform,
      List<Question> questions,
      Duration slice,
      LoadResult floor) {
    Map<String, LoadResult> results = new LinkedHashMap<>();
    Latencies all = new Latencies();
    for (Question question : questions) {
      LoadResult result = OneByOne.ask(platform, question.paths(), slice);
      results.put(question.label(), result);
      all.add(result.accepted());
    }
    List<Map.Entry<String, LoadResult>> slowest =
        results.entrySet().stream()
            .sorted(Comparator.comparingDouble(entry -> -entry.getValue().accepted().millis(99)))
            .toList();
    Map<String, Object> worst = new LinkedHashMap<>();
    slowest.stream()
        .limit(SLOWEST)
        .forEach(
            entry ->
                worst.put(
                    entry.getKey(),
                    Math.round(entry.getValue().accepted().millis(99) * 10) / 10.0));
    session.add(
        Figure.of("any filter p99", all.millis(99), "ms", Goal.below(LIST_TARGET))
            .limitedBy("p99 of GET /api/auth/me", floor.accepted().millis(99))
            .with("p50_ms", all.millis(50))
            .with("requests", all.count()));
    Map.Entry<String, LoadResult> last = slowest.getFirst();
    session.add(
        figure("slowest combination p99", last.getValue(), LIST_TARGET, floor)
            .with("combination", last.getKey())
            .with("combinations", results.size())
            .with("slowest_p99_ms", worst));
    session.step("slowest, p99 in ms: " + worst);
  }

  private static Figure figure(String name, LoadResult result, double target, LoadResult floor) {
    return Figure.of(name, result.accepted().millis(99), "ms", Goal.below(target))
        .limitedBy("p99 of GET /api/auth/me", floor.accepted().millis(99))
        .with("p50_ms", result.accepted().millis(50))
        .with("max_ms", result.accepted().longestMillis())
        .with("requests", result.acceptedCount());
  }

  private static void optional(
      Session session,
      BenchPlatform platform,
      String name,
      String path,
      double target,
      LoadResult floor)
      throws InterruptedException {
    if (!platform.api().has(path)) {
      session.step("no " + path + " yet");
      return;
    }
    Duration time = session.options().time().dividedBy(4);
    OneByOne.ask(platform, List.of(path), time);
    session.add(figure(name + " p99", OneByOne.ask(platform, List.of(path), time), target, floor));
  }

  private static String deepPage(PlatformApi api) throws InterruptedException {
    String path = "/api/runs?limit=100";
    String cursor = "";
    for (int page = 1; page < DEEP; page++) {
      JsonNode next = api.get(path + cursor).path("next_cursor");
      if (!next.isString()) {
        break;
      }
      cursor = "&cursor=" + next.asString();
    }
    return path + cursor;
  }
}
