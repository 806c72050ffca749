package io.crontopus.web.limit;

import io.crontopus.web.edge.ClientAddress;
import io.crontopus.web.edge.ForwardedBy;
import io.crontopus.web.edge.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Whom the limits leave alone: addresses that are named for it, unless they ask for somebody else.
 * A proxy on the same machine would otherwise open the platform to the world without limits.
 */
final class Exempt {

  private static final Logger log = LoggerFactory.getLogger(Exempt.class);

  private final List<Network> networks;
  private final AtomicBoolean warned = new AtomicBoolean();

  Exempt(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  boolean covers(ServerHttpRequest request) {
    InetAddress address = ClientAddress.of(request);
    for (Network network : networks) {
      if (network.contains(address)) {
        return !isForOthers(request, address);
      }
    }
    return false;
  }

  private boolean isForOthers(ServerHttpRequest request, InetAddress address) {
    boolean forOthers = ForwardedBy.isNamedIn(request.getHeaders());
    if (forOthers && warned.compareAndSet(false, true)) {
      log.warn(
          "requests come from {} for others: if that is a proxy, name it in"
              + " crontopus.http.trusted-proxies; until then its clients are limited as one",
          address.getHostAddress());
    }
    return forOthers;
  }
}
