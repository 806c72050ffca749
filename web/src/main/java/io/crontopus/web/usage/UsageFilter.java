package io.crontopus.web.usage;

import io.crontopus.identity.Caller;
import io.crontopus.web.AuthenticationFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts the requests of each tenant: behind the filter that finds out whose they are. */
public final class UsageFilter implements WebFilter {

  private final UsageCounters usage;

  public UsageFilter(UsageCounters usage) {
    this.usage = usage;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Caller caller = AuthenticationFilter.callerOf(exchange);
    if (caller != null && !caller.tenantId().isEmpty()) {
      usage.apiCall(caller.tenantId());
    }
    return chain.filter(exchange);
  }
}
