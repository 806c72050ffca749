package io.crontopus.command.endpoint.heartbeat;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of heartbeats, prefix {@code crontopus.heartbeats}.
 *
 * @param interval how often agents are asked to give a sign of life
 * @param silentAfter how many missed heartbeats make an endpoint silent
 * @param offlineAfter how long without a sign of life makes it offline
 * @param fleetFrom from how many endpoints on that were online and go quiet together a tenant's
 *     fleet is quiet, and not each of them
 * @param streams how many streams may be open in this process
 * @param streamIdle how long a stream may be without a line before it is ended
 * @param retention how long heartbeats are kept
 */
@ConfigurationProperties("crontopus.heartbeats")
public record HeartbeatSettings(
    @DefaultValue("30s") Duration interval,
    @DefaultValue("3") int silentAfter,
    @DefaultValue("10m") Duration offlineAfter,
    @DefaultValue("3") int fleetFrom,
    @DefaultValue("20000") int streams,
    @DefaultValue("5m") Duration streamIdle,
    @DefaultValue("30d") Duration retention) {

  public HeartbeatSettings {
    if (interval.toMillis() < 1_000) {
      throw new IllegalArgumentException("crontopus.heartbeats.interval is shorter than a second");
    }
    if (silentAfter < 2) {
      throw new IllegalArgumentException("crontopus.heartbeats.silent-after is less than 2");
    }
    if (offlineAfter.compareTo(interval.multipliedBy(silentAfter)) < 0) {
      throw new IllegalArgumentException(
          "crontopus.heartbeats.offline-after is shorter than the time until an endpoint is silent");
    }
  }
}
