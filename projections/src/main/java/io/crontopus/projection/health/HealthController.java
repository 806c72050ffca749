package io.crontopus.projection.health;

import io.crontopus.identity.Caller;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * How the platform is, for those who run it. What works and what does not, without figures, is
 * {@code /health}.
 */
@RestController
class HealthController {

  private final SystemHealth health;
  private final BlockingWork blocking;

  HealthController(SystemHealth health, BlockingWork blocking) {
    this.health = health;
    this.blocking = blocking;
  }

  /** The platform's figures; not older than two seconds. */
  @GetMapping("/api/admin/health")
  Mono<HealthView> health(Caller caller) {
    Callers.requireOperator(caller);
    return blocking.call(health::view);
  }
}
