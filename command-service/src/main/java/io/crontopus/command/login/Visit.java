package io.crontopus.command.login;

import io.crontopus.web.Origin;
import io.crontopus.web.TraceFilter;
import io.crontopus.web.edge.ClientAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request of somebody who has yet to say who they are.
 *
 * @param address where it came from; empty when that is not known
 * @param userAgent what the client calls itself; null when it does not
 */
public record Visit(String traceId, String address, @Nullable String userAgent) {

  private static final int LONGEST_AGENT = 200;

  /** The visit of this request. */
  public static Visit of(ServerWebExchange exchange) {
    return new Visit(
        TraceFilter.traceId(exchange),
        ClientAddress.textOf(exchange),
        shown(exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT)));
  }

  /** The origin of what this visit causes. */
  public Origin by(String tenantId, String actor) {
    return new Origin(tenantId, actor, traceId, address);
  }

  private static @Nullable String shown(@Nullable String agent) {
    if (agent == null) {
      return null;
    }
    String plain = agent.replaceAll("\\p{Cntrl}", " ");
    return plain.length() > LONGEST_AGENT ? plain.substring(0, LONGEST_AGENT) : plain;
  }
}
