package io.crontopus.bench.asof;

import io.crontopus.bench.load.Latencies;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.WarmUp;
import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.OneByOne;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Every route that takes {@code as_of}, at moments all over a long past. */
public final class AsOfBench implements Bench {

  private static final long EVENTS = 1_000_000;
  private static final long EVENTS_FULL = 10_000_000;
  private static final double TARGET = 50;
  private static final int MOMENTS = 64;
  private static final long SEED = 20260101;
  private static final int SLICES = 5;

  /** With fewer, a 99th percentile is the single slowest of them. */
  private static final int REQUESTS = 200;

  private static final Map<String, String> ROUTES = new LinkedHashMap<>();

  static {
    ROUTES.put("jobs", "/api/jobs?");
    ROUTES.put("1000 jobs", "/api/jobs?limit=1000&");
    ROUTES.put("jobs status", "/api/jobs?status=down&");
    ROUTES.put("jobs label", "/api/jobs?label=team=red&");
    ROUTES.put("job", "/api/jobs/default/job-JJJJ?");
    ROUTES.put("endpoints of job", "/api/jobs/default/job-JJJJ/endpoints?");
    ROUTES.put("endpoints", "/api/endpoints?");
    ROUTES.put("1000 endpoints", "/api/endpoints?limit=1000&");
    ROUTES.put("endpoints status", "/api/endpoints?status=offline&");
    ROUTES.put("endpoints text", "/api/endpoints?q=web-01&");
    ROUTES.put("endpoint", "/api/endpoints/endpoint-EEEE?");
    ROUTES.put("jobs of endpoint", "/api/endpoints/endpoint-EEEE/jobs?");
  }

  @Override
  public String name() {
    return "as-of";
  }

  @Override
  public String description() {
    return "Time travel: latency of every route as of moments of a past of two million versions.";
  }

  @Override
  public void measure(Session session) throws Exception {
    BenchPlatform platform = BenchPlatform.start(session);
    long events = session.options().amount(EVENTS, EVENTS_FULL);
    LongPast past = new LongPast(platform, events, session.options().amount(1_000, 1_000) / 1e3);
    past.fill();
    session.step("%,d events and %,d versions filled in".formatted(events, past.versions()));
    past.awaitQuiet();
    session.step("all followed; warming up");
    Duration slice = session.options().time().dividedBy(SLICES);
    List<String> all = pathsOfAll();
    WarmUp.compiled(
        session.options().warmUp(),
        platform.handle().pid(),
        time -> OneByOne.ask(platform, all, time));
    ROUTES.values().forEach(route -> OneByOne.ask(platform, paths(route), slice));
    LoadResult floor = OneByOne.ask(platform, List.of("/api/auth/me"), slice);
    Latencies latenciesOfAll = new Latencies();
    Map<String, Object> each = new LinkedHashMap<>();
    double slowest = 0;
    for (Map.Entry<String, String> route : ROUTES.entrySet()) {
      Latencies latencies = measure(platform, paths(route.getValue()), slice);
      latenciesOfAll.add(latencies);
      double p99 = latencies.millis(99);
      each.put(route.getKey(), Math.round(p99 * 10) / 10.0);
      slowest = Math.max(slowest, p99);
    }
    session.add(
        Figure.of(
                "any route as of a moment p99", latenciesOfAll.millis(99), "ms", Goal.below(TARGET))
            .limitedBy("p99 of GET /api/auth/me", floor.accepted().millis(99))
            .with("p50_ms", latenciesOfAll.millis(50))
            .with("requests", latenciesOfAll.count()));
    session.add(
        Figure.of("slowest route p99", slowest, "ms", Goal.below(TARGET))
            .limitedBy("p99 of GET /api/auth/me", floor.accepted().millis(99))
            .with("p99_ms", each));
    session.step("p99 in ms: " + each);
  }

  /** Asks for a slice of time, and further ones until there are enough answers. */
  private static Latencies measure(BenchPlatform platform, List<String> paths, Duration slice) {
    Latencies latencies = new Latencies();
    for (int i = 0; i < SLICES && latencies.count() < REQUESTS; i++) {
      latencies.add(OneByOne.ask(platform, paths, slice).accepted());
    }
    return latencies;
  }

  /** The routes in turn. */
  private static List<String> pathsOfAll() {
    List<List<String>> routes = ROUTES.values().stream().map(AsOfBench::paths).toList();
    return IntStream.range(0, MOMENTS)
        .boxed()
        .flatMap(moment -> routes.stream().map(paths -> paths.get(moment)))
        .toList();
  }

  private static List<String> paths(String route) {
    Random random = new Random(SEED);
    Instant now = Instant.now();
    long span = Duration.ofDays(LongPast.DAYS).toMillis();
    return IntStream.range(0, MOMENTS)
        .mapToObj(
            _ ->
                route
                        .replace("JJJJ", "%04d".formatted(random.nextInt(LongPast.JOBS)))
                        .replace("EEEE", String.valueOf(random.nextInt(LongPast.ENDPOINTS)))
                    + "as_of="
                    + moment(now, (long) (random.nextDouble() * span * 0.99)))
        .toList();
  }

  private static Instant moment(Instant now, long millisAgo) {
    return now.minusMillis(millisAgo).truncatedTo(ChronoUnit.MILLIS);
  }
}
