package io.crontopus.endpoint.events;

import io.crontopus.event.EventName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life of many endpoints, of any tenant, in one event of the telemetry stream: a row a
 * heartbeat would be the largest table by far.
 *
 * @param shard which part of the endpoints these are
 */
@EventName("telemetry.heartbeats-observed")
public record HeartbeatsObserved(int shard, List<Heartbeat> heartbeats) {

  /**
   * One sign of life.
   *
   * @param sentAt by the machine's clock
   * @param schedulerAlive whether the machine's scheduler was running; null when the agent cannot
   *     tell
   * @param spoolDepth how many reports wait on the machine to be sent
   */
  public record Heartbeat(
      String tenantId,
      String endpointId,
      Instant sentAt,
      Instant receivedAt,
      @Nullable String version,
      @Nullable String scheduler,
      @Nullable Boolean schedulerAlive,
      @Nullable String appliedCommit,
      @Nullable Long spoolDepth) {}
}
