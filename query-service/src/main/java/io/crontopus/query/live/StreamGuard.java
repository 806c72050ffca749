package io.crontopus.query.live;

import io.crontopus.identity.Caller;
import org.reactivestreams.Publisher;

/** Decides when an open stream has to end because its caller may no longer watch. */
@FunctionalInterface
public interface StreamGuard {

  /** Emits or completes when the caller's stream has to end. */
  Publisher<?> end(Caller caller);
}
