package io.crontopus.web.edge;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/** Wires the edge. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
public class EdgeConfiguration {

  private static final Duration PREFLIGHT_KEPT = Duration.ofHours(1);

  /** Spring knows it by this name, and asks it before anybody else sees the request. */
  @Bean
  ForwardedHeaderTransformer forwardedHeaderTransformer(HttpSettings settings) {
    return new TrustedForwarding(settings.trustedProxies(), settings.forwardedBy());
  }

  /**
   * Behind the filter that gives requests their trace id, and before anybody is authenticated:
   * browsers ask first whether they may ask. Rules that are off cost nothing.
   */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  WebFilter edgeRules(HttpSettings settings, @Value("${crontopus.public-url:}") String publicUrl) {
    WebFilter rules = new SecurityHeaders(settings.hsts());
    if (settings.requireHttps()) {
      rules = then(rules, new HttpsOnly(publicUrl));
    }
    if (!settings.cors().allowedOrigins().isEmpty()) {
      rules = then(rules, otherOrigins(settings.cors().allowedOrigins(), publicUrl));
    }
    return rules;
  }

  private static WebFilter then(WebFilter first, WebFilter second) {
    return (exchange, chain) -> first.filter(exchange, next -> second.filter(next, chain));
  }

  private static WebFilter otherOrigins(List<String> origins, String publicUrl) {
    CorsConfiguration rules = new CorsConfiguration();
    rules.setAllowedOrigins(origins);
    if (!publicUrl.isEmpty()) {
      // The console's own: behind a proxy its requests look as if they came from elsewhere.
      rules.addAllowedOrigin(publicUrl.replaceFirst("(?<=[^:/])/.*", ""));
    }
    rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    rules.setAllowedHeaders(
        List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_MATCH,
            "Idempotency-Key",
            "Last-Event-ID",
            "traceparent"));
    rules.setExposedHeaders(
        List.of(
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER,
            "RateLimit",
            "RateLimit-Policy",
            "Crontopus-As-Of",
            "Trace-Id"));
    rules.setAllowCredentials(false);
    rules.setMaxAge(PREFLIGHT_KEPT);
    return new CorsWebFilter(
        exchange -> exchange.getRequest().getPath().value().startsWith("/api/") ? rules : null);
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> slowClients(
      HttpSettings settings, MeterRegistry metrics) {
    SlowClients slowClients = new SlowClients(settings, metrics);
    return server -> server.addServerCustomizers(slowClients);
  }

  @Bean
  Serving serving(HttpSettings settings) {
    Path certificate = settings.tls().certificate();
    Path key = settings.tls().key();
    return certificate == null || key == null
        ? new Serving(null)
        : new Serving(new TlsCertificate(certificate, key, settings.tls().check()));
  }
}
