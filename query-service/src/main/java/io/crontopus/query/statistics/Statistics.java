package io.crontopus.query.statistics;

import static io.crontopus.query.database.Columns.optionalText;
import static io.crontopus.query.database.Columns.text;

import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.statistics.Tally.Count;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Runs, as the read model has them counted. */
public final class Statistics {

  static final int JOB_CURSOR_KEYS = 2;
  static final int ENDPOINT_CURSOR_KEYS = 1;

  /** What is asked for. */
  record Wanted(Span span, @Nullable Bucket bucket, @Nullable String namespace) {}

  private record Job(String namespace, String name) {
    static Job of(Readable row) {
      return new Job(text(row, "namespace"), text(row, "job_name"));
    }
  }

  private record Endpoint(String id, @Nullable String name) {}

  private record Keyed<K, V>(K key, V value) {}

  private final TenantQueries queries;

  public Statistics(TenantQueries queries) {
    this.queries = queries;
  }

  /** A page of the jobs that ran in the span, by namespace and name. */
  Mono<JobRuns.Page> byJob(String tenantId, Wanted wanted, PageRequest page) {
    Query query =
        Query.of(StatisticsSql.JOBS)
            .text(wanted.namespace())
            .text(page.text(0))
            .text(page.text(1))
            .time(wanted.span().from())
            .number(page.rows());
    return queries
        .all(tenantId, query, row -> new Job(text(row, "namespace"), text(row, "name")))
        .flatMap(
            found -> {
              List<Job> jobs = shown(found, page);
              return Mono.zip(
                      jobCounts(tenantId, wanted, jobs),
                      latestOfJobs(tenantId, wanted, jobs),
                      (counts, latest) ->
                          jobs.stream()
                              .filter(counts::containsKey)
                              .map(job -> runs(job, counts, latest, wanted))
                              .toList())
                  .map(
                      rows ->
                          new JobRuns.Page(
                              wanted.span().from(),
                              wanted.span().to(),
                              rows,
                              found.size() > page.limit()
                                  ? PageRequest.cursor(
                                      jobs.getLast().namespace(), jobs.getLast().name())
                                  : null));
            });
  }

  /** A page of the endpoints that jobs ran on in the span, by id. */
  Mono<EndpointRuns.Page> byEndpoint(String tenantId, Wanted wanted, PageRequest page) {
    Query query = Query.of(StatisticsSql.ENDPOINTS).text(page.text(0)).number(page.rows());
    return queries
        .all(
            tenantId,
            query,
            row -> new Endpoint(text(row, "endpoint_id"), optionalText(row, "name")))
        .flatMap(
            found -> {
              List<Endpoint> endpoints = shown(found, page);
              List<String> ids = endpoints.stream().map(Endpoint::id).toList();
              return Mono.zip(
                      endpointCounts(tenantId, wanted, ids),
                      latestOfEndpoints(tenantId, wanted, ids),
                      (counts, latest) ->
                          endpoints.stream()
                              .filter(endpoint -> counts.containsKey(endpoint.id()))
                              .map(endpoint -> runs(endpoint, counts, latest, wanted))
                              .toList())
                  .map(
                      rows ->
                          new EndpointRuns.Page(
                              wanted.span().from(),
                              wanted.span().to(),
                              rows,
                              found.size() > page.limit()
                                  ? PageRequest.cursor(ids.getLast())
                                  : null));
            });
  }

  private Mono<Map<Job, List<Count>>> jobCounts(String tenantId, Wanted wanted, List<Job> jobs) {
    Query query =
        counts(StatisticsSql.COUNTS_OF_JOBS, wanted)
            .texts(jobs.stream().map(Job::namespace).toList())
            .texts(jobs.stream().map(Job::name).toList());
    return grouped(tenantId, query, Job::of);
  }

  private Mono<Map<String, List<Count>>> endpointCounts(
      String tenantId, Wanted wanted, List<String> ids) {
    return grouped(
        tenantId,
        counts(StatisticsSql.COUNTS_OF_ENDPOINTS, wanted).texts(ids).text(wanted.namespace()),
        row -> text(row, "endpoint_id"));
  }

  private Mono<Map<Job, LatestRun>> latestOfJobs(String tenantId, Wanted wanted, List<Job> jobs) {
    Query query =
        Query.of(StatisticsSql.LATEST_OF_JOBS)
            .texts(jobs.stream().map(Job::namespace).toList())
            .texts(jobs.stream().map(Job::name).toList())
            .time(wanted.span().from())
            .time(wanted.span().to());
    return latest(tenantId, query, Job::of);
  }

  private Mono<Map<String, LatestRun>> latestOfEndpoints(
      String tenantId, Wanted wanted, Collection<String> ids) {
    Query query =
        Query.of(StatisticsSql.LATEST_OF_ENDPOINTS)
            .texts(ids)
            .time(wanted.span().from())
            .time(wanted.span().to())
            .text(wanted.namespace());
    return latest(tenantId, query, row -> text(row, "endpoint_id"));
  }

  private <K> Mono<Map<K, List<Count>>> grouped(
      String tenantId, Query query, Function<Readable, K> key) {
    return queries
        .all(tenantId, query, row -> new Keyed<>(key.apply(row), Count.of(row)))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            Keyed::key, Collectors.mapping(Keyed::value, Collectors.toList()))));
  }

  private <K> Mono<Map<K, LatestRun>> latest(
      String tenantId, Query query, Function<Readable, K> key) {
    return queries
        .all(tenantId, query, row -> new Keyed<>(key.apply(row), LatestRun.of(row)))
        .map(rows -> rows.stream().collect(Collectors.toMap(Keyed::key, Keyed::value)));
  }

  /** When pieces of an hour are wanted, days are of no use. */
  private static Query counts(String sql, Wanted wanted) {
    Span span = wanted.span();
    Instant firstDay = wanted.bucket() == Bucket.HOUR ? span.to() : span.firstDay();
    Instant lastDay = firstDay.isBefore(span.lastDay()) ? span.lastDay() : span.to();
    return Query.of(sql)
        .time(span.from())
        .time(firstDay)
        .time(lastDay)
        .time(span.to())
        .text(wanted.bucket() == null ? null : wanted.bucket().wireName());
  }

  private static <T> List<T> shown(List<T> found, PageRequest page) {
    return found.subList(0, Math.min(found.size(), page.limit()));
  }

  private static JobRuns runs(
      Job job, Map<Job, List<Count>> counts, Map<Job, LatestRun> latest, Wanted wanted) {
    List<Count> own = counts.getOrDefault(job, List.of());
    return new JobRuns(
        job.namespace(),
        job.name(),
        Tally.of(own),
        latest.get(job),
        Tally.pieces(own, wanted.bucket()));
  }

  private static EndpointRuns runs(
      Endpoint endpoint,
      Map<String, List<Count>> counts,
      Map<String, LatestRun> latest,
      Wanted wanted) {
    List<Count> own = counts.getOrDefault(endpoint.id(), List.of());
    return new EndpointRuns(
        endpoint.id(),
        endpoint.name(),
        Tally.of(own),
        latest.get(endpoint.id()),
        Tally.pieces(own, wanted.bucket()));
  }
}
