package io.crontopus.web.edge;

import io.crontopus.web.Problem;
import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Turns away what came unencrypted from another machine. Pages are sent to the encrypted address;
 * calls of the API and of Git are refused, and not redirected, because their credential has already
 * been seen by everybody on the way: whoever configured that has to notice.
 */
final class HttpsOnly implements WebFilter {

  private static final String HTTPS = "https";

  private final String publicUrl;

  /**
   * Prepares the filter.
   *
   * @param publicUrl where pages are sent to, if it is an encrypted address
   */
  HttpsOnly(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Whether the client's own connection is encrypted, as far as anybody trusted knows. */
  static boolean isSecure(ServerHttpRequest request) {
    return HTTPS.equals(request.getURI().getScheme());
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    if (isSecure(request) || isLocal(request) || isProbe(request)) {
      return chain.filter(exchange);
    }
    if (isPage(request) && publicUrl.startsWith(HTTPS + ":")) {
      ServerHttpResponse response = exchange.getResponse();
      response.setStatusCode(HttpStatus.PERMANENT_REDIRECT);
      response.getHeaders().setLocation(URI.create(publicUrl + request.getPath().value()));
      return response.setComplete();
    }
    return Mono.error(
        Problem.of(
            HttpStatus.FORBIDDEN,
            "https-required",
            "this server is used over https only; a credential that was sent without it is to be"
                + " replaced"));
  }

  private static boolean isLocal(ServerHttpRequest request) {
    return ClientAddress.of(request).isLoopbackAddress()
        && !ForwardedBy.isNamedIn(request.getHeaders());
  }

  /** Load balancers ask from inside, and learn nothing that is secret. */
  private static boolean isProbe(ServerHttpRequest request) {
    String path = request.getPath().value();
    return path.equals("/health") || path.equals("/health/ready");
  }

  private static boolean isPage(ServerHttpRequest request) {
    String path = request.getPath().value();
    boolean reads =
        HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod());
    return reads && !path.startsWith("/api/") && !path.startsWith("/git/");
  }
}
