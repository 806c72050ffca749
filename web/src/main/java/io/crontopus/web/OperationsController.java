package io.crontopus.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * For those who operate the platform: is it up, is it ready, what does it measure. No tenant's data
 * is in here.
 */
@RestController
class OperationsController {

  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry metrics;
  private final MetricsAccess access;
  private final List<HealthCheck> checks;
  private final List<OptionalPart> parts;
  private final BlockingWork blocking;

  OperationsController(
      PrometheusMeterRegistry metrics,
      MetricsAccess access,
      List<HealthCheck> checks,
      List<OptionalPart> parts,
      BlockingWork blocking) {
    this.metrics = metrics;
    this.access = access;
    this.checks = List.copyOf(checks);
    this.parts = List.copyOf(parts);
    this.blocking = blocking;
  }

  /** That the process is up, with the state of each part that works only where it was set up. */
  record Up(String status, Map<String, String> checks, Map<String, String> parts) {}

  /** A state: {@code UP} or {@code DOWN}, with that of each part. */
  record Health(String status, Map<String, String> checks) {}

  /** The process is up; what it needs may not be. */
  @GetMapping("/health")
  Up health() {
    Map<String, String> states = new LinkedHashMap<>();
    parts.forEach(part -> states.put(part.name(), part.state()));
    return new Up("UP", Map.of(), states);
  }

  /** Ready for requests: 200, else 503. */
  @GetMapping("/health/ready")
  Mono<ResponseEntity<Health>> ready() {
    return blocking.call(this::check);
  }

  /** Measurements in Prometheus' text format, for operators and for this machine. */
  @GetMapping(path = "/metrics", produces = PROMETHEUS_TEXT)
  Mono<String> metrics(ServerWebExchange exchange) {
    access.require(exchange);
    return blocking.call(metrics::scrape);
  }

  private ResponseEntity<Health> check() {
    Map<String, String> states = new LinkedHashMap<>();
    boolean ready = true;
    for (HealthCheck check : checks) {
      boolean up = check.isUp();
      states.put(check.name(), up ? "UP" : "DOWN");
      ready &= up;
    }
    return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(new Health(ready ? "UP" : "DOWN", states));
  }
}
