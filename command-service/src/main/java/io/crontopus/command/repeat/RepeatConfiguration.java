package io.crontopus.command.repeat;

import io.crontopus.identity.TenantDatabase;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires what is known of requests that may come again. */
@Configuration(proxyBeanMethods = false)
public class RepeatConfiguration {

  @Bean(destroyMethod = "close")
  RepeatedRequests repeatedRequests(TenantDatabase database, JsonMapper json, Clock clock) {
    return RepeatedRequests.start(database, json, clock);
  }
}
