package io.crontopus.web.edge;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whose address a request came from: the other end of its connection, or, behind a {@linkplain
 * TrustedForwarding trusted proxy}, the client that the proxy names. Limits and the audit log go by
 * it.
 */
public final class ClientAddress {

  /** What a provider gives to one customer at least; whoever has it has all of its addresses. */
  private static final int CUSTOMER_BYTES = 8;

  private static final InetAddress UNKNOWN = InetAddress.ofLiteral("0.0.0.0");

  private ClientAddress() {}

  /** The client's address; 0.0.0.0 when the request came by no network. */
  public static InetAddress of(ServerWebExchange exchange) {
    return of(exchange.getRequest());
  }

  /** The client's address; 0.0.0.0 when the request came by no network. */
  public static InetAddress of(ServerHttpRequest request) {
    InetSocketAddress remote = request.getRemoteAddress();
    InetAddress address = remote == null ? null : remote.getAddress();
    return address == null ? UNKNOWN : address;
  }

  /** The client's address as logs write it. */
  public static String textOf(ServerWebExchange exchange) {
    return of(exchange).getHostAddress();
  }

  /**
   * What is one client to a limit: an IPv4 address, or the first 64 bits of an IPv6 address,
   * because the others are for each client to choose.
   */
  public static InetAddress client(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, CUSTOMER_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // only for arrays of another length
    }
  }
}
