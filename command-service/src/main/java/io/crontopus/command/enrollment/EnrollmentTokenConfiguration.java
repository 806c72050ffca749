package io.crontopus.command.enrollment;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.repeat.RepeatedRequests;
import io.crontopus.identity.EnrollmentTokenStore;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the enrollment tokens. */
@Configuration(proxyBeanMethods = false)
public class EnrollmentTokenConfiguration {

  @Bean
  EnrollmentTokenController enrollmentTokenController(
      EnrollmentTokenStore tokens,
      Facts facts,
      RepeatedRequests requests,
      BlockingWork blocking,
      Clock clock) {
    return new EnrollmentTokenController(tokens, facts, requests, blocking, clock);
  }
}
