package io.crontopus.command.sso;

import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a browser keeps while it signs in, and only it: a sign-in goes on where it began. Somebody
 * who makes another person's browser open an answer of their own sign-in gets nowhere with it.
 *
 * <p>It is sent along when the provider sends the browser back, which is why it is lax; scripts
 * cannot read it. Over HTTPS its name keeps other hosts of the domain from planting one.
 */
final class BrowserCookie {

  private final String name;
  private final boolean secure;
  private final Duration lifetime;

  BrowserCookie(boolean secure, Duration lifetime) {
    this.name = secure ? "__Host-crontopus-sso" : "crontopus-sso";
    this.secure = secure;
    this.lifetime = lifetime;
  }

  /** What the browser of this request keeps. */
  Optional<String> of(ServerWebExchange exchange) {
    return Optional.ofNullable(exchange.getRequest().getCookies().getFirst(name))
        .map(HttpCookie::getValue)
        .filter(Secrets::isOne);
  }

  /** Has the browser keep this. */
  ResponseCookie keep(String secret) {
    return ResponseCookie.from(name, secret)
        .httpOnly(true)
        .secure(secure)
        .sameSite("Lax")
        .path("/")
        .maxAge(lifetime)
        .build();
  }
}
