package io.crontopus.query.statistics;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.page.RequestText;
import io.crontopus.query.statistics.Statistics.Wanted;
import io.crontopus.web.Callers;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/runs/by-job} and {@code /api/runs/by-endpoint}. */
@RestController
public final class StatisticsController {

  /** More pieces than these in one answer are asked for in several pages. */
  private static final long MOST_PIECES = 100_000;

  private final Statistics statistics;
  private final Clock clock;

  public StatisticsController(Statistics statistics, Clock clock) {
    this.statistics = statistics;
    this.clock = clock;
  }

  /** Runs counted by job. */
  @GetMapping("/api/runs/by-job")
  Mono<JobRuns.Page> byJob(
      Caller caller,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String namespace,
      @RequestParam(required = false) @Nullable String bucket,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.require(caller, Scope.READ_RUNS);
    PageRequest page = PageRequest.of(limit, cursor, Statistics.JOB_CURSOR_KEYS);
    return statistics.byJob(caller.tenantId(), wanted(from, to, namespace, bucket, page), page);
  }

  /** Runs counted by the endpoint that they were on. */
  @GetMapping("/api/runs/by-endpoint")
  Mono<EndpointRuns.Page> byEndpoint(
      Caller caller,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String namespace,
      @RequestParam(required = false) @Nullable String bucket,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.require(caller, Scope.READ_RUNS);
    PageRequest page = PageRequest.of(limit, cursor, Statistics.ENDPOINT_CURSOR_KEYS);
    return statistics.byEndpoint(
        caller.tenantId(), wanted(from, to, namespace, bucket, page), page);
  }

  private Wanted wanted(
      @Nullable String from,
      @Nullable String to,
      @Nullable String namespace,
      @Nullable String bucket,
      PageRequest page) {
    Span span = Span.of(from, to, clock.instant());
    List<String> named =
        RequestText.anyOf("bucket", bucket == null ? null : List.of(bucket), Bucket.names());
    if (named.size() > 1) {
      throw Problem.invalid("bucket", "must be a single one");
    }
    Bucket pieces = named.isEmpty() ? null : Bucket.named(named.getFirst());
    if (pieces != null && span.pieces(pieces) * page.limit() > MOST_PIECES) {
      throw Problem.invalid(
          "bucket", "makes more than " + MOST_PIECES + " of them; ask for less at a time");
    }
    return new Wanted(span, pieces, RequestText.filter("namespace", namespace));
  }
}
