package io.crontopus.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Times requests by route, never by path, and by the methods that HTTP has, never by those that
 * clients invent: the number of series stays bounded.
 */
final class RequestMetricsFilter implements WebFilter {

  private static final int OK = 200;
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());
  private static final String OTHER = "OTHER";

  private final MeterRegistry metrics;
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

  /** What is measured together. */
  private record Series(Object route, String method, int status) {}

  RequestMetricsFilter(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    long start = System.nanoTime();
    exchange
        .getResponse()
        .beforeCommit(
            () -> {
              record(exchange, System.nanoTime() - start);
              return Mono.empty();
            });
    return chain.filter(exchange);
  }

  private void record(ServerWebExchange exchange, long nanos) {
    Object route = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    HttpMethod method = exchange.getRequest().getMethod();
    HttpStatusCode status = exchange.getResponse().getStatusCode();
    Series key =
        new Series(
            route == null ? "none" : route,
            METHODS.contains(method) ? method.name() : OTHER,
            status == null ? OK : status.value());
    timers.computeIfAbsent(key, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Series series) {
    return Timer.builder("crontopus.http.requests")
        .description("Time until the answer begins")
        .tag("route", series.route().toString())
        .tag("method", series.method())
        .tag("status", String.valueOf(series.status()))
        .register(metrics);
  }
}
