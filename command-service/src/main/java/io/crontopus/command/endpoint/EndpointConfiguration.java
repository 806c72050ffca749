package io.crontopus.command.endpoint;

import io.crontopus.command.PlatformSettings;
import io.crontopus.command.bus.Commands;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.EnrollmentTokenStore;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what endpoints tell and are told. */
@Configuration(proxyBeanMethods = false)
public class EndpointConfiguration {

  @Bean
  CommandChannels commandChannels() {
    return new CommandChannels();
  }

  @Bean(destroyMethod = "close")
  Heartbeats heartbeats(EventStreams streams) {
    return Heartbeats.start(streams);
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
      Heartbeats heartbeats,
      CommandChannels channels,
      EndpointTokenStore endpointTokens,
      BlockingWork blocking,
      Clock clock) {
    return new EndpointReportController(
        commands, heartbeats, channels, endpointTokens, blocking, clock);
  }
}
