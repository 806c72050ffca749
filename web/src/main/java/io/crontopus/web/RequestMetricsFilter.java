package io.crontopus.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Times requests by route, never by path: the number of series stays bounded. */
final class RequestMetricsFilter implements WebFilter {

  private final MeterRegistry metrics;

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
    HttpStatusCode status = exchange.getResponse().getStatusCode();
    Timer.builder("crontopus.http.requests")
        .description("Time until the answer begins")
        .tag("route", route == null ? "none" : route.toString())
        .tag("method", exchange.getRequest().getMethod().name())
        .tag("status", status == null ? "200" : String.valueOf(status.value()))
        .register(metrics)
        .record(nanos, TimeUnit.NANOSECONDS);
  }
}
