package io.crontopus.command.ping;

import io.crontopus.command.PlatformSettings;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.repeat.RepeatedRequests;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the keys of jobs. */
@Configuration(proxyBeanMethods = false)
public class PingConfiguration {

  @Bean
  PingKeyStore pingKeyStore(TenantDatabase database) {
    return new PingKeyStore(database);
  }

  @Bean
  PingKeyController pingKeyController(
      PingKeyStore keys,
      Facts facts,
      RepeatedRequests requests,
      BlockingWork blocking,
      Clock clock,
      PlatformSettings settings) {
    return new PingKeyController(keys, facts, requests, blocking, clock, settings.publicUrl());
  }
}
