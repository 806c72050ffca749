package io.crontopus.web.edge;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

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

  private final HttpHeaders ofTheApi =
      always()
          .add("Content-Security-Policy", OF_THE_API)
          .add(HttpHeaderNames.CACHE_CONTROL, "no-store");
  private final HttpHeaders ofPages =
      always()
          .add("Content-Security-Policy", OF_PAGES)
          .add("Cross-Origin-Opener-Policy", "same-origin")
          .add("Permissions-Policy", NO_DEVICES);
  private final @Nullable String strictTransport;

  SecurityHeaders(Duration hsts) {
    strictTransport = hsts.isPositive() ? "max-age=" + hsts.toSeconds() : null;
  }

  private static HttpHeaders always() {
    return new DefaultHttpHeaders()
        .add("X-Content-Type-Options", "nosniff")
        .add("X-Frame-Options", "DENY")
        .add("Referrer-Policy", "no-referrer")
        .add("Cross-Origin-Resource-Policy", "same-origin");
  }

  /**
   * Copies what was made once, below Spring's headers: setting one after the other was the dearest
   * of all that is done for the safety of a request. Nothing has answered yet, so nothing is there
   * twice; whoever answers may still set its own.
   */
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    HttpServerResponse response =
        ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
    HttpHeaders headers = response.responseHeaders();
    headers.add(request.getPath().value().startsWith(API) ? ofTheApi : ofPages);
    if (strictTransport != null && HttpsOnly.isSecure(request)) {
      headers.add("Strict-Transport-Security", strictTransport);
    }
    return chain.filter(exchange);
  }
}
