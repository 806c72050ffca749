package io.crontopus.agent.run;

import io.crontopus.agent.platform.HeartbeatStream;
import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.platform.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends heartbeats on a stream that stays open; as single requests where that is not to be had: an
 * older platform, or a proxy that holds back what is sent or answered.
 */
final class HeartbeatSender implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(HeartbeatSender.class.getName());
  private static final Duration WITHOUT_STREAM = Duration.ofMinutes(10);

  private final PlatformClient client;
  private final String single;
  private final String stream;
  private @Nullable HeartbeatStream open;
  private long noStreamUntil = System.nanoTime();

  HeartbeatSender(PlatformClient client, String endpointId) {
    this.client = client;
    this.single = "/api/endpoints/" + endpointId + "/heartbeat";
    this.stream = "/api/endpoints/" + endpointId + "/heartbeats";
  }

  /** Sends a heartbeat; returns the platform's acknowledgement. */
  JsonNode send(JsonNode heartbeat) throws PlatformException, InterruptedException {
    if (!client.canStream() || System.nanoTime() - noStreamUntil < 0) {
      return client.post(single, heartbeat);
    }
    HeartbeatStream old = open;
    if (old != null) {
      try {
        return old.beat(heartbeat);
      } catch (IOException e) {
        LOG.fine("the heartbeat stream ended: " + e.getMessage());
        close();
      }
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    return sendOnNew(heartbeat);
  }

  @Override
  public void close() {
    HeartbeatStream stream = open;
    open = null;
    if (stream != null) {
      stream.close();
    }
  }

  private JsonNode sendOnNew(JsonNode heartbeat) throws PlatformException, InterruptedException {
    try {
      HeartbeatStream fresh = client.heartbeats(stream);
      open = fresh;
      return fresh.beat(heartbeat);
    } catch (PlatformException e) {
      boolean noSuchRoute = e.status() == 404 || e.status() == 405 || e.status() == 411;
      if (!noSuchRoute && e.kind() != PlatformException.Kind.UNREACHABLE) {
        throw e;
      }
      return withoutStream(heartbeat, e);
    } catch (IOException e) {
      return withoutStream(heartbeat, e);
    }
  }

  /** If single requests do work, the stream is what does not: it is left alone for a while. */
  private JsonNode withoutStream(JsonNode heartbeat, Exception why)
      throws PlatformException, InterruptedException {
    close();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    JsonNode acknowledged = client.post(single, heartbeat);
    LOG.fine("heartbeats go as single requests for a while: " + why.getMessage());
    noStreamUntil = System.nanoTime() + WITHOUT_STREAM.toNanos();
    return acknowledged;
  }
}
