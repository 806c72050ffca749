package io.crontopus.command.endpoint;

import io.crontopus.command.PlatformSettings;
import io.crontopus.command.bus.Commands;
import io.crontopus.command.endpoint.heartbeat.HeartbeatConfiguration;
import io.crontopus.command.endpoint.heartbeat.HeartbeatStreams;
import io.crontopus.command.endpoint.watch.WatchConfiguration;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.EnrollmentTokenStore;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what endpoints tell and are told. */
@Configuration(proxyBeanMethods = false)
@Import({HeartbeatConfiguration.class, WatchConfiguration.class})
public class EndpointConfiguration {

  @Bean
  CommandChannels commandChannels(SuspendedTenants suspended) {
    CommandChannels channels = new CommandChannels();
    suspended.watch(channels::closeAllOf);
    return channels;
  }

  @Bean
  EnrollmentController enrollmentController(
      Commands commands,
      EnrollmentTokenStore enrollmentTokens,
      EndpointTokenStore endpointTokens,
      TransactionTemplate transaction,
      BlockingWork blocking,
      Clock clock,
      PlatformSettings settings) {
    return new EnrollmentController(
        commands,
        enrollmentTokens,
        endpointTokens,
        transaction,
        blocking,
        clock,
        settings.publicUrl());
  }

  @Bean
  EndpointReportController endpointReportController(
      Commands commands,
      CommandChannels channels,
      HeartbeatStreams heartbeats,
      EndpointTokenStore endpointTokens,
      BlockingWork blocking,
      Clock clock) {
    return new EndpointReportController(
        commands, channels, heartbeats, endpointTokens, blocking, clock);
  }
}
