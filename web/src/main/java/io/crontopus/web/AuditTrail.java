package io.crontopus.web;

import reactor.core.publisher.Mono;

/**
 * Where the read side has recorded what somebody did by reading. It cannot write itself: the write
 * side does it.
 */
@FunctionalInterface
public interface AuditTrail {

  /** Completes when the event is durable; nothing is to be answered before. */
  Mono<Void> record(Origin origin, Object event);
}
