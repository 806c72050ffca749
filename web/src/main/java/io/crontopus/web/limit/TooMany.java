package io.crontopus.web.limit;

import io.crontopus.web.Problem;
import io.crontopus.web.limit.Limit.Left;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.web.server.ServerWebExchange;

/** Tells clients that they ask too often, and counts how many were told so. */
final class TooMany {

  private final MeterRegistry metrics;

  TooMany(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** The refusal, with the headers that say when to come back. */
  Problem problem(Limit limit, Left left, String what, ServerWebExchange exchange) {
    metrics.counter("crontopus.http.limited", "limit", limit.name()).increment();
    limit.describe(left, exchange.getResponse().getHeaders());
    long seconds = left.retryAfterSeconds();
    return Problem.tooMany(
        "too many %s, try again in %d second%s".formatted(what, seconds, seconds == 1 ? "" : "s"),
        seconds);
  }
}
