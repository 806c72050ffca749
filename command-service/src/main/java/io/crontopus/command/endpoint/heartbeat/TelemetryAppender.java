package io.crontopus.command.endpoint.heartbeat;

import io.crontopus.endpoint.events.HeartbeatsCollected;
import java.util.List;

/** Where collected heartbeats go. */
@FunctionalInterface
public interface TelemetryAppender {

  /** Makes the events durable, all or none; blocks until they are. */
  void append(List<HeartbeatsCollected> events);
}
