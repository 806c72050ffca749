package io.crontopus.web.edge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Tells browsers what they must not do with answers: pages load nothing from elsewhere and are
 * shown in nobody's frame, and what a credential was needed for is not kept.
 */
final class SecurityHeaders implements WebFilter {

  private static final String API = "/api/";

  private static final String OF_PAGES =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  /** An answer of the API that is opened as if it were a page does nothing at all. */
  private static final String OF_THE_API = "default-src 'none'; frame-ancestors 'none'";

  private static final String NO_DEVICES =
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

  private final @Nullable String strictTransport;

  SecurityHeaders(Duration hsts) {
    strictTransport = hsts.isPositive() ? "max-age=" + hsts.toSeconds() : null;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    HttpHeaders headers = exchange.getResponse().getHeaders();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (request.getPath().value().startsWith(API)) {
      headers.set("Content-Security-Policy", OF_THE_API);
      headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    } else {
      headers.set("Content-Security-Policy", OF_PAGES);
      headers.set("Cross-Origin-Opener-Policy", "same-origin");
      headers.set("Permissions-Policy", NO_DEVICES);
    }
    if (strictTransport != null && HttpsOnly.isSecure(request)) {
      headers.set("Strict-Transport-Security", strictTransport);
    }
    return chain.filter(exchange);
  }
}
