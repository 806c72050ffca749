package io.crontopus.endpoint.events;

import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.event.EventName;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life of many endpoints, of any tenant, that one node collected for a moment: of several
 * signs of the same endpoint the newest. An event with none says that the node was listening and
 * heard nobody, so that silence can be told from nobody having listened.
 *
 * @param collectedAt everything that the node heard until then is in this event or an earlier one
 * @param heard how many signs these stand for
 * @param alike the signs, by what they say
 */
@EventName("telemetry.heartbeats-collected")
public record HeartbeatsCollected(Instant collectedAt, long heard, List<Alike> alike) {

  /**
   * Signs of life of one tenant's endpoints that say the same.
   *
   * @param schedulerAlive whether the machines' schedulers were running; null when the agents
   *     cannot tell
   * @param endpoints which, and when: {@link PackedHeartbeats}, since many are stored for long
   */
  public record Alike(
      String tenantId,
      @Nullable String version,
      @Nullable String scheduler,
      @Nullable Boolean schedulerAlive,
      @Nullable String appliedCommit,
      String endpoints) {}

  /** Hands on every sign of life. */
  public void forEach(Consumer<Heartbeat> consumer) {
    for (Alike group : alike) {
      PackedHeartbeats.unpack(group, collectedAt, consumer);
    }
  }
}
