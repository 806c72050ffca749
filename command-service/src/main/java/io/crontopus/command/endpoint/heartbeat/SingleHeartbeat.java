package io.crontopus.command.endpoint.heartbeat;

import io.crontopus.web.Problem;
import reactor.core.publisher.MonoSink;

/** A heartbeat that came as a request of its own. */
record SingleHeartbeat(SignOfLife sign, MonoSink<SignOfLife> sink) implements HeartbeatSource {

  private static final long RETRY_AFTER_SECONDS = 5;

  @Override
  public Taken take() {
    return new Taken(sign, 1, 1);
  }

  @Override
  public void stored(Taken taken) {
    sink.success(sign);
  }

  @Override
  public void refused(Taken taken) {
    sink.error(Problem.overloaded(RETRY_AFTER_SECONDS));
  }
}
