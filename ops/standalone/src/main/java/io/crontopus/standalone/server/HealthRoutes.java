package io.crontopus.standalone.server;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Says that the process is up, until the services bring their own. */
@Configuration(proxyBeanMethods = false)
class HealthRoutes {

  @Bean
  RouterFunction<ServerResponse> health() {
    return RouterFunctions.route()
        .GET("/health", request -> ServerResponse.ok().bodyValue(Map.of("status", "UP")))
        .build();
  }
}
