package io.crontopus.web;

import io.crontopus.identity.Authenticator;
import io.crontopus.identity.Authenticator.Recent;
import io.crontopus.identity.Caller;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.limit.BadCredentials;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Finds out who calls. A request without a credential goes on without a caller; one with a bad
 * credential ends here, so that nobody mistakes it for an anonymous one, and so does one of a
 * tenant that is suspended.
 */
public final class AuthenticationFilter implements WebFilter {

  private static final Logger log = LoggerFactory.getLogger(AuthenticationFilter.class);
  private static final String BEARER = "Bearer ";
  private static final String CALLER = Caller.class.getName();

  private final Authenticator authenticator;
  private final BlockingWork blocking;
  private final BadCredentials bad;
  private final SuspendedTenants suspended;

  public AuthenticationFilter(
      Authenticator authenticator,
      SuspendedTenants suspended,
      BlockingWork blocking,
      BadCredentials bad) {
    this.authenticator = authenticator;
    this.suspended = suspended;
    this.blocking = blocking;
    this.bad = bad;
  }

  /** The caller of this request, if it brought a credential. */
  public static @Nullable Caller callerOf(ServerWebExchange exchange) {
    return exchange.getAttribute(CALLER);
  }

  /** The credential that this request brought, if it did. */
  public static @Nullable String credentialOf(ServerWebExchange exchange) {
    String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    return header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? null
        : header.substring(BEARER.length()).trim();
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String credential = credentialOf(exchange);
    if (credential == null) {
      return chain.filter(exchange);
    }
    Recent recent = authenticator.recent(credential);
    if (recent == null) {
      @Nullable Problem refusal = bad.refusal(exchange);
      if (refusal != null) {
        return Mono.error(refusal);
      }
      return blocking
          .call(() -> authenticator.authenticate(credential))
          .flatMap(answer -> proceed(answer.caller(), exchange, chain));
    }
    if (recent.due()) {
      blocking
          .run(() -> authenticator.refresh(credential))
          .subscribe(null, e -> log.debug("a credential was not looked up again", e));
    }
    return proceed(recent.answer().caller(), exchange, chain);
  }

  private Mono<Void> proceed(
      @Nullable Caller caller, ServerWebExchange exchange, WebFilterChain chain) {
    if (caller == null) {
      bad.count(exchange);
      return Mono.error(
          Problem.unauthenticated("the credential is not valid, has expired or was revoked"));
    }
    if (suspended.contains(caller.tenantId())) {
      return Mono.error(Problem.suspended());
    }
    exchange.getAttributes().put(CALLER, caller);
    return chain.filter(exchange);
  }
}
