package io.crontopus.web.limit;

import io.crontopus.web.Problem;
import io.crontopus.web.edge.ClientAddress;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Keeps those who try credentials from having the database look up each of them. Only look-ups are
 * refused: who uses a good credential from the same address in steady use goes on.
 */
public final class BadCredentials {

  private final Limit limit;
  private final Exempt exempt;
  private final TooMany tooMany;

  BadCredentials(Limit limit, Exempt exempt, TooMany tooMany) {
    this.limit = limit;
    this.exempt = exempt;
    this.tooMany = tooMany;
  }

  /** Why a credential of this request is not looked up; null when it may be. */
  public @Nullable Problem refusal(ServerWebExchange exchange) {
    if (limit.isOff() || exempt.covers(exchange.getRequest())) {
      return null;
    }
    Limit.Left left = limit.look(client(exchange));
    return left.taken()
        ? null
        : tooMany.problem(limit, left, "credentials that are not valid", exchange);
  }

  /** Counts a credential that was none. */
  public void count(ServerWebExchange exchange) {
    if (!limit.isOff()) {
      limit.take(client(exchange));
    }
  }

  private static InetAddress client(ServerWebExchange exchange) {
    return ClientAddress.client(ClientAddress.of(exchange));
  }
}
