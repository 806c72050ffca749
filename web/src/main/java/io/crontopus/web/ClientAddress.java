package io.crontopus.web;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Where a request comes from. */
public final class ClientAddress {

  private ClientAddress() {}

  /** The client's IP address; empty when it is not known. */
  public static String of(ServerWebExchange exchange) {
    @Nullable InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
    if (remote == null) {
      return "";
    }
    return remote.getAddress() == null
        ? remote.getHostString()
        : remote.getAddress().getHostAddress();
  }
}
