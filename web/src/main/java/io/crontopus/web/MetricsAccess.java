package io.crontopus.web;

import io.crontopus.identity.Caller;
import io.crontopus.web.edge.ClientAddress;
import io.crontopus.web.edge.ForwardedBy;
import io.crontopus.web.edge.Network;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who may read the measurements: operators, and whoever asks from an address that is named for it
 * and for nobody else. A proxy on the same machine would otherwise show them to the world.
 */
final class MetricsAccess {

  private final List<Network> openTo;

  MetricsAccess(MetricsSettings settings) {
    this.openTo = settings.openTo();
  }

  /**
   * Requires that whoever asks may read them.
   *
   * @throws Problem 401 without a credential, 403 with one that is no operator's
   */
  void require(ServerWebExchange exchange) {
    if (isOpenTo(exchange.getRequest())) {
      return;
    }
    @Nullable Caller caller = AuthenticationFilter.callerOf(exchange);
    if (caller == null) {
      throw Problem.unauthenticated(
          "this needs an operator's token, or an address that crontopus.metrics.open-to names");
    }
    Callers.requireOperator(caller);
  }

  private boolean isOpenTo(ServerHttpRequest request) {
    InetAddress address = ClientAddress.of(request);
    return openTo.stream().anyMatch(network -> network.contains(address))
        && !ForwardedBy.isNamedIn(request.getHeaders());
  }
}
