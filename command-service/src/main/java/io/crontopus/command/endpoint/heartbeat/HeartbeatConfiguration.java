package io.crontopus.command.endpoint.heartbeat;

import io.crontopus.command.automation.WhenAnEndpointIsRevokedThenEndItsStreams;
import io.crontopus.command.endpoint.CommandChannels;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.usage.UsageCounters;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the taking in of heartbeats. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HeartbeatSettings.class)
public class HeartbeatConfiguration {

  @Bean(destroyMethod = "close")
  DatabaseClock databaseClock(DataSource dataSource, Clock clock) {
    return DatabaseClock.start(JdbcClient.create(dataSource), clock);
  }

  @Bean(destroyMethod = "close")
  Heartbeats heartbeats(
      EventStreams streams, TransactionTemplate transaction, DatabaseClock clock) {
    return Heartbeats.start(
        events ->
            transaction.executeWithoutResult(
                _ ->
                    streams
                        .telemetryLog()
                        .append(
                            events.stream()
                                .map(e -> NewEvent.alone(e, Map.of(), e.collectedAt()))
                                .toList())),
        clock);
  }

  @Bean
  HeartbeatStreams heartbeatStreams(
      Heartbeats heartbeats,
      EndpointTokenStore tokens,
      HeartbeatSettings settings,
      SuspendedTenants suspended,
      UsageCounters usage,
      DatabaseClock clock) {
    HeartbeatStreams streams = new HeartbeatStreams(heartbeats, tokens, settings, usage, clock);
    suspended.watch(streams::suspended);
    return streams;
  }

  @Bean
  HeartbeatController heartbeatController(
      Heartbeats heartbeats,
      HeartbeatStreams streams,
      HeartbeatSettings settings,
      DatabaseClock clock) {
    return new HeartbeatController(heartbeats, streams, settings, clock);
  }

  @Bean(destroyMethod = "close")
  WhenAnEndpointIsRevokedThenEndItsStreams whenAnEndpointIsRevokedThenEndItsStreams(
      EventStreams events, HeartbeatStreams streams, CommandChannels channels) {
    return WhenAnEndpointIsRevokedThenEndItsStreams.start(
        events.domainLog(),
        endpoint -> {
          streams.revoked(endpoint);
          channels.close(endpoint);
        },
        streams::recheck);
  }
}
