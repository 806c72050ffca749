package io.crontopus.command.endpoint;

import io.crontopus.command.PlatformSettings;
import io.crontopus.command.bus.Commands;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.endpoint.heartbeat.DatabaseClock;
import io.crontopus.command.endpoint.heartbeat.HeartbeatConfiguration;
import io.crontopus.command.endpoint.heartbeat.HeartbeatStreams;
import io.crontopus.command.endpoint.watch.WatchConfiguration;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.EnrollmentTokenStore;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.stream.OpenStreams;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires what endpoints tell and are told. */
@Configuration(proxyBeanMethods = false)
@Import({HeartbeatConfiguration.class, WatchConfiguration.class})
public class EndpointConfiguration {

  @Bean
  CommandChannels commandChannels() {
    return new CommandChannels();
  }

  /** By the clock of the signs of life: one from before the enrollment says nothing. */
  @Bean
  EnrollmentController enrollmentController(
      Commands commands,
      EnrollmentTokenStore enrollmentTokens,
      EndpointTokenStore endpointTokens,
      TenantDatabase database,
      BlockingWork blocking,
      DatabaseClock clock,
      PlatformSettings settings) {
    return new EnrollmentController(
        commands,
        enrollmentTokens,
        endpointTokens,
        database,
        blocking,
        clock,
        settings.publicUrl());
  }

  /** Tokens that are older than {@code crontopus.endpoints.token-age} are exchanged; 0 for none. */
  @Bean(destroyMethod = "close")
  EndpointTokens endpointTokens(
      EndpointTokenStore store,
      CommandChannels channels,
      Facts facts,
      @Value("${crontopus.endpoints.token-age:90d}") Duration age,
      Clock clock) {
    return EndpointTokens.start(store, channels, facts, age, clock);
  }

  @Bean
  EndpointTokenController endpointTokenController(EndpointTokens tokens, BlockingWork blocking) {
    return new EndpointTokenController(tokens, blocking);
  }

  @Bean
  EndpointReportController endpointReportController(
      Commands commands,
      CommandChannels channels,
      HeartbeatStreams heartbeats,
      OpenStreams open,
      Clock clock) {
    return new EndpointReportController(commands, channels, heartbeats, open, clock);
  }
}
