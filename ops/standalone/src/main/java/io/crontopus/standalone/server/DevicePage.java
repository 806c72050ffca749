package io.crontopus.standalone.server;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The page on which people let programs in, at an address that can be typed. */
@Configuration(proxyBeanMethods = false)
class DevicePage {

  @Bean
  RouterFunction<ServerResponse> devicePageRoute() {
    ClassPathResource page = new ClassPathResource("META-INF/resources/device.html");
    return RouterFunctions.route()
        .GET("/device", _ -> ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(page))
        .build();
  }
}
