package io.crontopus.web.limit;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Wires the limits. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
public class LimitConfiguration {

  @Bean
  TooMany tooMany(MeterRegistry metrics) {
    return new TooMany(metrics);
  }

  @Bean
  Exempt exempt(LimitSettings settings) {
    return new Exempt(settings.exempt());
  }

  @Bean
  BadCredentials badCredentials(LimitSettings settings, Exempt exempt, TooMany tooMany) {
    return new BadCredentials(
        new Limit("bad-credentials", settings.badCredentials()), exempt, tooMany);
  }

  /** Behind the filters that find out who calls and measure the answer. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 4)
  LimitFilter limitFilter(LimitSettings settings, Exempt exempt, TooMany tooMany) {
    return new LimitFilter(settings, exempt, tooMany);
  }
}
