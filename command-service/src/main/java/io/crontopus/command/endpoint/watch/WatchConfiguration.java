package io.crontopus.command.endpoint.watch;

import io.crontopus.command.bus.Commands;
import io.crontopus.command.endpoint.heartbeat.HeartbeatSettings;
import io.crontopus.eventstore.TelemetryPartitions;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the watch over the endpoints, and the upkeep of what heartbeats leave behind. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HeartbeatSettings.class)
public class WatchConfiguration {

  @Bean(destroyMethod = "close")
  EndpointWatch endpointWatch(
      DataSource dataSource, HeartbeatSettings settings, Commands commands) {
    return new EndpointWatch(JdbcClient.create(dataSource), settings, commands).start();
  }

  @Bean(destroyMethod = "close")
  TelemetryUpkeep telemetryUpkeep(
      DataSource dataSource, TransactionTemplate transaction, HeartbeatSettings settings) {
    return TelemetryUpkeep.start(
        new TelemetryPartitions(JdbcClient.create(dataSource), transaction), settings.retention());
  }
}
